/** What stands in place of the e-mail address of somebody who was erased: no such domain can exist (RFC 2606). */
export const erasedAddress = (userId: string): string => `${userId.toLowerCase()}@erased.invalid`;

export const erasedName = "Erased person";

export const isErased = ({ id, email }: { id: string; email: string }): boolean =>
  email === erasedAddress(id);
