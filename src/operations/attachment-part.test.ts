import { describe, expect, it } from "vitest";
import { readAttachmentPart } from "./attachment-part.ts";

const URL = "https://example.org/files/lease.pdf?version=2#top";
const PNG_BODY = "iVBORw0KGgo=";

describe("readAttachmentPart", () => {
  it.each<[string, object, object]>([
    ["Mem0's image", { type: "image_url", image_url: { url: URL } }, { kind: "image", url: URL }],
    ["Mem0's PDF", { type: "pdf_url", pdf_url: { url: URL } }, { kind: "document", url: URL }],
    ["Mem0's Markdown", { type: "mdx_url", mdx_url: { url: URL } }, { kind: "document", url: URL }],
    ["Mem0's text", { type: "txt_url", txt_url: URL }, { kind: "document", url: URL }],
    ["OpenAI's image for responses", { type: "input_image", image_url: URL }, { kind: "image", url: URL }],
    ["OpenAI's file by URL", { type: "input_file", file_url: URL }, { kind: "document", url: URL }],
    ["Anthropic's image", { type: "image", source: { type: "url", url: URL } }, { kind: "image", url: URL }],
    ["Anthropic's document", { type: "document", source: { type: "url", url: URL } }, { kind: "document", url: URL }],
    ["the AI SDK's image", { type: "image", image: URL }, { kind: "image", url: URL }],
    ["the AI SDK's file", { type: "file", data: URL, mediaType: "application/pdf" }, { kind: "document", url: URL }],
    [
      "the AI SDK's file that is an image",
      { type: "file", data: URL, mediaType: "image/png" },
      { kind: "image", url: URL },
    ],
  ])("%s by URL, named by the end of its path", (_name, part, expected) => {
    expect(readAttachmentPart(part)).toEqual({ ...expected, name: "lease.pdf" });
  });

  it.each<[string, object, object]>([
    [
      "OpenAI's file",
      { type: "file", file: { filename: "a.docx", file_data: "UEsDBA==" } },
      { kind: "document", url: "data:application/octet-stream;base64,UEsDBA==", name: "a.docx" },
    ],
    [
      "OpenAI's file as a data URL of an image",
      { type: "file", file: { filename: "a.png", file_data: `data:image/png;base64,${PNG_BODY}` } },
      { kind: "image", url: `data:image/png;base64,${PNG_BODY}`, name: "a.png" },
    ],
    [
      "Anthropic's image",
      { type: "image", source: { type: "base64", media_type: "image/jpeg", data: "/9j/" } },
      { kind: "image", url: "data:image/jpeg;base64,/9j/", name: "" },
    ],
    [
      "Anthropic's text",
      { type: "document", title: "Lease", source: { type: "text", media_type: "text/plain", data: "The rent" } },
      { kind: "document", text: "The rent", name: "Lease" },
    ],
    [
      "the AI SDK's file",
      { type: "file", data: "JVBERi0=", mediaType: "application/pdf", filename: "a.pdf" },
      { kind: "document", url: "data:application/pdf;base64,JVBERi0=", name: "a.pdf" },
    ],
    [
      "an image without a type",
      { type: "image", image: PNG_BODY },
      { kind: "image", url: `data:image/png;base64,${PNG_BODY}`, name: "" },
    ],
  ])("%s with its content", (_name, part, expected) => {
    expect(readAttachmentPart(part)).toEqual(expected);
  });

  it("says when a part names what only its service knows", () => {
    expect(readAttachmentPart({ type: "file", file: { file_id: "file-1" } })).toEqual({ kind: "document", name: "" });
    expect(readAttachmentPart({ type: "image_url" })).toEqual({ kind: "image", name: "" });
  });

  it.each([
    null, undefined, 1, "image", [], {}, { type: 5 }, { type: "tool-call" }, { type: "input_audio", input_audio: {} },
    { type: "__proto__" }, { type: "constructor" },
  ])("leaves %j alone", (part) => {
    expect(readAttachmentPart(part)).toBeNull();
  }); // prettier-ignore

  it("takes nothing into a name that could end the mark that it stands in", () => {
    const filename = "a]\n\n[image: <x>`\u202E\u0000.pdf".padEnd(400, "z");
    const { name } = readAttachmentPart({ type: "file", file: { filename, file_data: "aGk=" } }) ?? { name: null };
    expect(name).toMatch(/^a image x \.pdfz+$/u);
    expect(name).toHaveLength(100);
  });
});
