/** What a content part holds, in one form for the many that clients send. */
export interface AttachmentPart {
  readonly kind: "image" | "document";
  /** `http:`, `https:` or `data:`; undefined when the part names something that only its own service knows. */
  readonly url?: string;
  /** Text that the part carries itself. */
  readonly text?: string;
  /** File name, or the end of the URL's path; may be empty. */
  readonly name: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Parts of Mem0 that hold a document, and what it is. */
const MEM0_DOCUMENTS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  mdx_url: "text/markdown",
  txt_url: "text/plain",
  pdf_url: "application/pdf",
};

/**
 * Reads the shapes of Mem0 (`image_url`, `mdx_url`, `txt_url`, `pdf_url`), OpenAI (`image_url`, `input_image`, `file`,
 * `input_file`), Anthropic (`image`, `document` with a `source`) and the AI SDK (`image`, `file` with `data`). Null for
 * every other part, such as a tool call.
 */
export function readAttachmentPart(part: unknown): AttachmentPart | null {
  const fields = asFields(part);
  const type = text(fields["type"]) ?? "";
  if (type === "image_url" || type === "input_image" || type === "image")
    return { kind: "image", ...locate(fields, [fields["image_url"], fields["source"], fields["image"]], "image/png") };
  const mediaType = MEM0_DOCUMENTS[type];
  if (mediaType !== undefined) return { kind: "document", ...locate(fields, [fields[type]], mediaType) };
  if (type !== "document" && type !== "file" && type !== "input_file") return null;
  const file = asFields(fields["file"]);
  const given = [
    fields["source"], fields["data"], fields["file_data"], fields["file_url"], file["file_data"], fields["url"],
  ]; // prettier-ignore
  const place = locate({ ...file, ...fields }, given, "application/octet-stream");
  const declared =
    text(fields["mediaType"]) ?? text(fields["mimeType"]) ?? /^data:([^;,]*)/iu.exec(place.url ?? "")?.[1];
  return { kind: declared?.startsWith("image/") === true ? "image" : "document", ...place };
}

function locate(fields: Fields, given: readonly unknown[], mediaType: string): Omit<AttachmentPart, "kind"> {
  const declared = text(fields["mediaType"]) ?? text(fields["mimeType"]) ?? text(fields["media_type"]) ?? mediaType;
  const title = text(fields["filename"]) ?? text(fields["title"]) ?? text(fields["name"]);
  for (const value of given) {
    const found = locateIn(value, declared);
    if (found !== undefined) return { ...found, name: cleanName(title ?? nameInUrl(found.url)) };
  }
  return { name: cleanName(title ?? "") };
}

function locateIn(value: unknown, mediaType: string): { url?: string; text?: string } | undefined {
  if (typeof value === "string") {
    const trimmed = value.trim();
    if (trimmed === "") return undefined;
    return { url: /^[a-z][a-z\d+.-]*:/iu.test(trimmed) ? trimmed : asDataUrl(trimmed, mediaType) };
  }
  const fields = asFields(value);
  // Anthropic's source of text.
  if (fields["type"] === "text" && typeof fields["data"] === "string") return { text: fields["data"] };
  const declared = text(fields["media_type"]) ?? text(fields["mediaType"]) ?? mediaType;
  const inner = text(fields["url"]) ?? text(fields["data"]);
  return inner === undefined ? undefined : locateIn(inner, declared);
}

/** What is neither a URL nor base64 is taken for base64 all the same: it is refused where it is decoded. */
function asDataUrl(body: string, mediaType: string): string {
  return `data:${mediaType};base64,${body}`;
}

function nameInUrl(url: string | undefined): string {
  if (url === undefined || /^data:/iu.test(url)) return "";
  const path = /^[^?#]*/u.exec(url.slice(0, 8192))?.[0] ?? "";
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A name on one line, without what could end the mark that it stands in. */
function cleanName(name: string): string {
  return name
    .slice(0, 300)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}[\]<>"`:]+/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim()
    .slice(0, 100)
    .toWellFormed();
}

function asFields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
