/** Counts what was asked of the sandbox, by the permission that it takes, refused calls included. */
export class CallLog {
  /** Calls by the permission they need, such as `s3:GetBucketPolicy` or `Microsoft.Storage/storageAccounts/read`. */
  readonly actions = new Map<string, number>();
  /** Calls by service and operation, such as `s3control:GetPublicAccessBlock` or `GET Microsoft.Storage/storageAccounts`. */
  readonly operations = new Map<string, number>();
  total = 0;

  /** @param needed The permission, or those, that the call takes; none for a call that anyone may make. */
  record(needed: string | readonly string[], operation: string): void {
    this.total++;
    for (const action of typeof needed === "string" ? [needed] : needed) {
      this.actions.set(action, (this.actions.get(action) ?? 0) + 1);
    }
    this.operations.set(operation, (this.operations.get(operation) ?? 0) + 1);
  }

  reset(): void {
    this.total = 0;
    this.actions.clear();
    this.operations.clear();
  }
}
