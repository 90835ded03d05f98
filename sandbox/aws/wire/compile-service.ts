/** Compiles a registered service for the wire: its routes, and per operation and protocol a codec, made at first use. */
import type { Handler, Service } from "#sandbox/aws/model.ts";
import type { OperationCodec } from "./codec.ts";
import { RestCodecs } from "./codec-rest.ts";
import { DocumentCodecs, QueryCodecs } from "./codec-rpc.ts";
import { XmlCompiler } from "./codec-xml.ts";
import {
  describeService,
  type OperationDescription,
  type Protocol,
  type ServiceDescription,
} from "./describe-service.ts";
import { compileRequired, type RequiredCheck } from "./required-members.ts";
import { RouteTable } from "./routes.ts";

export type CompiledOperation = {
  name: string;
  handler: Handler<never, object> | undefined;
  findMissing: RequiredCheck;
  /** The codec for a protocol: a client may speak another one than the SDK's own. */
  codec: (protocol: Protocol) => OperationCodec;
};

export type CompiledService = {
  description: ServiceDescription;
  signingName: string;
  routes: RouteTable;
  operations: Map<string, CompiledOperation>;
};

/** Throws when a handler's name is no operation of the service. */
export function compileService(service: Service): CompiledService {
  const description = describeService(service.sdk);
  const codecs = new ServiceCodecs(description);
  const operations = new Map<string, CompiledOperation>();
  for (const operation of description.operations.values()) {
    operations.set(operation.name, compileOperation(operation, codecs, service.handlers[operation.name]));
  }
  for (const name of Object.keys(service.handlers)) {
    if (!operations.has(name)) throw new Error(`${description.name} has no operation ${name}.`);
  }
  const routes = new RouteTable(description.operations.values());
  return { description, signingName: service.signingName, routes, operations };
}

function compileOperation(
  operation: OperationDescription,
  codecs: ServiceCodecs,
  handler: Handler<never, object> | undefined,
): CompiledOperation {
  const byProtocol = new Map<Protocol, OperationCodec>();
  let required: RequiredCheck | undefined;
  return {
    name: operation.name,
    handler,
    findMissing: (input) => {
      required ??= compileRequired(operation.input);
      return required(input);
    },
    codec: (protocol) => {
      let codec = byProtocol.get(protocol);
      if (!codec) {
        codec = codecs.of(protocol).compile(operation);
        byProtocol.set(protocol, codec);
      }
      return codec;
    },
  };
}

type ProtocolCodecs = { compile: (operation: OperationDescription) => OperationCodec };

/** A service's codecs by protocol: each keeps the shapes it has compiled, for its operations share many. */
class ServiceCodecs {
  readonly #service: ServiceDescription;
  readonly #xml = new XmlCompiler();
  readonly #byProtocol = new Map<Protocol, ProtocolCodecs>();

  constructor(service: ServiceDescription) {
    this.#service = service;
  }

  of(protocol: Protocol): ProtocolCodecs {
    let codecs = this.#byProtocol.get(protocol);
    if (!codecs) {
      codecs = this.#make(protocol);
      this.#byProtocol.set(protocol, codecs);
    }
    return codecs;
  }

  #make(protocol: Protocol): ProtocolCodecs {
    switch (protocol) {
      case "query":
      case "ec2":
        return new QueryCodecs(protocol, this.#service.xmlNamespace, this.#xml);
      case "json":
      case "rpc-v2-cbor":
        return new DocumentCodecs(protocol);
      case "rest-json":
      case "rest-xml":
        return new RestCodecs(protocol, this.#service, this.#xml);
    }
  }
}
