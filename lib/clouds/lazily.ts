/** An object whose properties are made when first read, once each. */
export function lazily<T extends object>(makers: { [K in keyof T]: () => T[K] }): T {
  const result = Object.create(null);
  for (const key of Object.keys(makers)) {
    Object.defineProperty(result, key, {
      enumerable: true,
      configurable: true,
      get() {
        const value: unknown = Reflect.get(makers, key)();
        Object.defineProperty(result, key, { value, enumerable: true });
        return value;
      },
    });
  }
  return result;
}

/** Makes what is asked for at the first asking, and shares it; what failed is tried again at the next. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}
