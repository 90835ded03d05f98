/** Looks that the tables of the area share. */
const anyHead = "label-caps h-9 border-y border-line px-3 font-[500] whitespace-nowrap";
export const head = `${anyHead} text-right`;
export const leftHead = `${anyHead} text-left`;
export const firstHead = `${leftHead} pl-4 sm:pl-6`;
export const cell = "border-b border-line px-3 py-2 text-right whitespace-nowrap";
export const firstCell = "border-b border-line py-2 pr-3 pl-4 text-left sm:pl-6";
export const rowLink =
  "outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent";
