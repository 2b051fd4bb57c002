/** The members of WebAssembly that Recollect uses: neither `lib: es2024` nor `@types/node` declares them. */
declare namespace WebAssembly {
  class Memory {
    constructor(limits: { initial: number; maximum?: number });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  // oxlint-disable-next-line typescript/no-extraneous-class -- opaque by nature: only an Instance can look inside
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Instance {
    constructor(module: Module, imports: { env: { memory: Memory } });
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
