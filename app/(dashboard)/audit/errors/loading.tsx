export { LoadingTables as default } from "../_shell/loading-tables.tsx";
