import { machine } from "#lib/checks/azure/virtual-machines.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { virtualMachineManagedDisks } from "./virtual-machine-managed-disks.ts";

const file = "https://acme.blob.core.windows.net/vhds/os.vhd";

testCheck(virtualMachineManagedDisks, {
  pass: [machine()],
  fail: [
    [machine({ diskIds: [], diskFiles: [file] }), "A disk is a file in a storage account."],
    [machine({ diskFiles: [file, file] }), "2 disks are files in a storage account."],
  ],
  unknown: [machine({ diskIds: [] })],
});
