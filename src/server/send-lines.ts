import type { Context } from "hono";
import { stream } from "hono/streaming";

/**
 * Lines as the body of an answer, as fast as the client takes them. The first one is made before anything is sent, so
 * that what cannot begin is answered as an error. What fails later cuts the connection: a client must not take a part
 * for the whole.
 */
export async function sendLines(
  context: Context,
  lines: AsyncIterable<string>,
  fail: (error: unknown) => void,
): Promise<Response> {
  const iterator = lines[Symbol.asyncIterator]();
  let next = await iterator.next();
  return stream(context, async (out) => {
    try {
      while (next.done !== true && !out.aborted) {
        await out.write(next.value);
        next = await iterator.next();
      }
    } catch (error) {
      fail(error);
      (context.env as { outgoing?: { destroy: () => void } }).outgoing?.destroy();
    } finally {
      await iterator.return?.();
    }
  });
}
