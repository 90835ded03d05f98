/** Codecs of the protocols that bind nothing to HTTP: query, EC2 query, JSON, CBOR. */
import { type OperationCodec, xmlDeclaration } from "./codec.ts";
import { cborFormat, DocumentCompiler, jsonFormat } from "./codec-document.ts";
import { QueryCompiler } from "./codec-query.ts";
import type { XmlCompiler } from "./codec-xml.ts";
import type { OperationDescription } from "./describe-service.ts";

export class QueryCodecs {
  readonly #dialect: "query" | "ec2";
  readonly #xmlNamespace: string;
  readonly #xml: XmlCompiler;
  readonly #inputs: QueryCompiler;

  constructor(dialect: "query" | "ec2", xmlNamespace: string, xml: XmlCompiler) {
    this.#dialect = dialect;
    this.#xmlNamespace = xmlNamespace;
    this.#xml = xml;
    this.#inputs = new QueryCompiler(dialect);
  }

  compile(operation: OperationDescription): OperationCodec {
    const { name } = operation;
    const read = this.#inputs.compile(operation.input);
    const write = this.#xml.compileContent(operation.output);
    const hasResult = !operation.output.isUnitSchema();
    const open = `${xmlDeclaration}<${name}Response xmlns="${this.#xmlNamespace}">`;
    const close = `</${name}Response>`;
    const writeBody =
      this.#dialect === "ec2"
        ? (output: object, requestId: string) =>
            `${open}<requestId>${requestId}</requestId>${hasResult ? write(output) : "<return>true</return>"}${close}`
        : (output: object, requestId: string) =>
            `${open}${hasResult ? `<${name}Result>${write(output)}</${name}Result>` : ""}` +
            `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>${close}`;
    return {
      readInput: ({ form }) => (form ? (read(form) as Record<string, unknown>) : {}),
      writeOutput: (output, requestId) => ({
        status: 200,
        headers: { "content-type": "text/xml;charset=UTF-8" },
        body: writeBody(output, requestId),
      }),
    };
  }
}

export class DocumentCodecs {
  readonly #compiler: DocumentCompiler;
  readonly #headers: Record<string, string>;

  constructor(protocol: "json" | "rpc-v2-cbor") {
    this.#compiler = new DocumentCompiler(protocol === "json" ? jsonFormat : cborFormat);
    this.#headers =
      protocol === "json"
        ? { "content-type": "application/x-amz-json-1.1" }
        : { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };
  }

  compile(operation: OperationDescription): OperationCodec {
    const { format } = this.#compiler;
    const { read } = this.#compiler.compile(operation.input);
    const { write } = this.#compiler.compile(operation.output);
    const hasBody = !operation.output.isUnitSchema();
    return {
      readInput: ({ body }) => read(format.parse(body)) as Record<string, unknown>,
      writeOutput: (output) => ({
        status: 200,
        headers: { ...this.#headers },
        body: hasBody ? format.stringify(write(output)) : "",
      }),
    };
  }
}
