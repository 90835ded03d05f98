import type { UserView } from "#db/identity/user-queries.ts";
import type { UsersSearch } from "./search-params.ts";

type Asked = Pick<UserView, "name" | "email" | "role" | "state">;

/** Those that the address asks for, in the order they came. */
export function arrangeUsers<U extends Asked>(users: readonly U[], search: UsersSearch): U[] {
  const words = search.q.toLowerCase().split(/\s+/).filter(Boolean);
  return users.filter(({ name, email, role, state }) => {
    const text = `${name} ${email}`.toLowerCase();
    return (
      (!search.role || role === search.role) &&
      (!search.state || state === search.state) &&
      words.every((word) => text.includes(word))
    );
  });
}

/** Who can come in, in a sentence of plain words. */
export function sayUsers(users: readonly Asked[]): string {
  const count = (state: UserView["state"]) => users.filter((each) => each.state === state).length;
  const admins = users.filter(({ role, state }) => role === "admin" && state === "active").length;
  const [invited, disabled] = [count("invited"), count("disabled")];
  const parts = [
    admins === 1 ? "one of them is an administrator" : `${admins} of them are administrators`,
    invited > 0 ? `${invited} ${invited === 1 ? "has" : "have"} not come yet` : "",
    disabled > 0 ? `${disabled} ${disabled === 1 ? "is" : "are"} disabled` : "",
  ].filter(Boolean);
  const sentence = parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  return `${sentence?.charAt(0).toUpperCase()}${sentence?.slice(1)}.`;
}
