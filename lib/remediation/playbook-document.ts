export {
  lineOf,
  type PlaybookFormat,
  type PlaybookProblem,
  parsePlaybook,
  problemsError,
} from "./parse-playbook.ts";
export { PlaybookDocument } from "./playbook-schema.ts";
export { validatePlaybook } from "./validate-playbook.ts";
