import { machine } from "#lib/checks/azure/virtual-machines.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { virtualMachineSshKeys } from "./virtual-machine-ssh-keys.ts";

testCheck(virtualMachineSshKeys, {
  pass: [machine(), machine({ osType: "Windows", passwordLogin: null })],
  fail: [[machine({ passwordLogin: true }), "SSH takes passwords."]],
  unknown: [machine({ passwordLogin: null }), machine({ osType: null, passwordLogin: null })],
});
