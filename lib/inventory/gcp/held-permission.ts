import { GcpCallFailed } from "#lib/clouds/gcp/errors.ts";
import { namingFailures } from "../answers.ts";
import type { GcpContext } from "./collector.ts";

/**
 * Throws unless the credentials hold a permission on the project. It is for lists that leave out what the caller may not
 * see instead of refusing the call: an empty one proves nothing without it. Asking takes no permission.
 */
export async function requireOnProject(
  { clients, account, signal }: GcpContext,
  permission: string,
): Promise<void> {
  await namingFailures(permission, async () => {
    const api = await clients.cloudresourcemanager();
    const request = { resource: account, requestBody: { permissions: [permission] } };
    const { data } = await api.projects.testIamPermissions(request, { signal });
    if (data.permissions?.includes(permission)) return;
    throw new GcpCallFailed(403, {
      error: {
        status: "PERMISSION_DENIED",
        message: `Permission '${permission}' is not held on project ${account}; lists leave out what it would show.`,
      },
    });
  });
}
