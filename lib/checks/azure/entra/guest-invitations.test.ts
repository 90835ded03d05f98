import { testCheck } from "#lib/checks/test-check.ts";
import { guestInvitations } from "./guest-invitations.ts";

testCheck(guestInvitations, {
  pass: [{ config: { guestInviters: "none" } }, { config: { guestInviters: "adminsAndGuestInviters" } }],
  fail: [
    [{ config: { guestInviters: "adminsGuestInvitersAndAllMembers" } }, "All members may invite guests."],
    [{ config: { guestInviters: "everyone" } }, "Everyone may invite guests, guests included."],
    [{ config: { guestInviters: "someNewWord" } }, "Those who may invite guests: someNewWord."],
  ],
  unknown: [{ config: {} }],
});
