import { Command } from "commander";

export const command = () =>
  new Command("start").description("run everything on this machine (npm start)").action(async () => {
    const { start } = await import("../start.ts");
    await start();
    process.exit(0);
  });
