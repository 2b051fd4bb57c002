import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { isObject, roleOf, textOf } from "../../api/transcripts/read-values.ts";
import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import { invalidInput, MemoryError } from "../../errors.ts";
import type { Place } from "./place.ts";
import { readTime } from "./read-mem0-row.ts";
import { idFrom, pickText, readTexts, withoutEmpty } from "./read-values.ts";
import type { Values } from "./read-values.ts";
import { splitArray } from "./split-array.ts";
import { readZipEntry, readZipHead } from "./zip-file.ts";

type Vendor = "chatgpt" | "claude-ai";

/** Large archives have their conversations in several files. */
const FILE = /(?:^|\/)conversations(?:-\d{1,4})?\.json$/u;

export const chatgpt: Importer = importerOf("chatgpt", "ChatGPT", readChatgpt);
export const claudeAi: Importer = importerOf("claude-ai", "Claude (claude.ai)", readClaude);

/** What a conversation holds of talk; the counter is told of everything else. */
type ReadConversation = (conversation: Values, left: (what: string) => void) => ForeignMemory[];

function importerOf(name: Vendor, title: string, read: ReadConversation): Importer {
  return {
    name,
    title: `${title}, account archive`,
    reads: "the zip as it is downloaded, its folder, or conversations.json",
    usual: () => [],
    detect: (place) => {
      const files = filesOf(place);
      return files.some(({ head }) => vendorOf(head()) === name) ? `an archive of ${title}` : null;
    },
    read: (place) => {
      const files = filesOf(place).filter(({ head }) => vendorOf(head()) === name);
      if (files.length === 0) throw invalidInput(`${place.path} holds no conversations.json of ${title}.`);
      return readFiles(files, read, `archive of ${title}`);
    },
  };
}

interface ArchiveFile {
  readonly name: string;
  readonly head: () => string;
  readonly open: () => AsyncIterable<Uint8Array>;
}

function filesOf(place: Place): ArchiveFile[] {
  if (place.isFolder) {
    const names = place.names.filter((name) => FILE.test(name)).toSorted();
    return names.map((name) => {
      const file = place.at(name);
      return { name, head: () => file.head, open: () => readStream(file.path) };
    });
  }
  if (place.isZip)
    return place.zipEntries
      .filter(({ name }) => FILE.test(name))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .map((entry) => ({
        name: entry.name,
        head: () => readZipHead(place.path, entry),
        open: () => readZipEntry(place.path, entry),
      }));
  return [{ name: basename(place.path), head: () => place.head, open: () => readStream(place.path) }];
}

async function* readStream(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const piece of createReadStream(path)) yield piece as Buffer;
  } catch (error) {
    if (MemoryError.isInstance(error)) throw error;
    throw invalidInput(`${path} cannot be read: ${(error as Error).message}.`);
  }
}

function vendorOf(head: string): Vendor | null {
  if (!/^\s*[[{]/u.test(head)) return null;
  const [tree, list] = ['"mapping"', '"chat_messages"'].map((key) => head.indexOf(key));
  if (tree === -1 && list === -1) return null;
  return list === -1 || (tree !== -1 && (tree as number) < (list as number)) ? "chatgpt" : "claude-ai";
}

function readFiles(files: readonly ArchiveFile[], read: ReadConversation, what: string): ForeignSource {
  const skipped: SkippedRow[] = [];
  const notes: string[] = [];
  const all = async function* (): AsyncGenerator<ForeignMemory, void, undefined> {
    skipped.length = 0;
    notes.length = 0;
    const left = new Map<string, number>();
    const count = (reason: string): void => void left.set(reason, (left.get(reason) ?? 0) + 1);
    let conversations = 0;
    for (const file of files) {
      let number = 0;
      for await (const piece of splitArray(file.open())) {
        number += 1;
        const row = `${basename(file.name)}, conversation ${number}`;
        if ("damage" in piece) skipped.push({ row, reason: piece.damage });
        else {
          const messages = isObject(piece.value) ? read(piece.value, count) : [];
          if (messages.length === 0) skipped.push({ row, reason: "holds no message with a text" });
          else conversations += 1;
          yield* messages;
        }
      }
    }
    notes.push(
      `${conversations} conversations. Their messages are kept word for word and can be searched; no facts are drawn from them.`,
    );
    for (const [reason, times] of left) notes.push(`${times} × ${reason}: left out.`);
  };
  return { what, instance: "account", memories: { [Symbol.asyncIterator]: all }, skipped, notes };
}

/** A tree: an edited message starts a new branch. The one that was seen last is the talk, others are marked. */
function readChatgpt(conversation: Values, left: (what: string) => void): ForeignMemory[] {
  const mapping = isObject(conversation["mapping"]) ? conversation["mapping"] : {};
  const current = branchOf(mapping, conversation["current_node"]);
  const started = readTime(conversation["create_time"]);
  const runId = idFrom(pickText(conversation, "conversation_id", "id"));
  const title = pickText(conversation, "title");
  const memories: ForeignMemory[] = [];
  for (const [nodeId, node] of Object.entries(mapping)) {
    const message = isObject(node) ? node["message"] : undefined;
    if (!isObject(message)) continue;
    const read = readChatgptMessage(message);
    if (typeof read === "string") {
      left(read);
      continue;
    }
    const createdAt = readTime(message["create_time"]) ?? started;
    memories.push({
      ...read,
      id: pickText(message, "id") ?? `${runId ?? ""}:${nodeId}`,
      ...(runId === undefined ? {} : { runId }),
      metadata: withoutEmpty({
        ...read.metadata,
        title,
        branch: current.size > 0 && !current.has(nodeId) ? "other" : null,
      }),
      createdAt,
      updatedAt: createdAt,
    });
  }
  // Nodes stand in any order; a talk is read in that of its times.
  return memories.toSorted((one, other) => (one.createdAt ?? 0) - (other.createdAt ?? 0));
}

/** Ids from the root to the leaf; a parent that is missing or seen before ends the walk. */
function branchOf(mapping: Values, leaf: unknown): Set<string> {
  const branch = new Set<string>();
  for (let id = typeof leaf === "string" ? leaf : ""; id !== "" && !branch.has(id) && Object.hasOwn(mapping, id);) {
    branch.add(id);
    const node = mapping[id];
    id = isObject(node) && typeof node["parent"] === "string" ? node["parent"] : "";
  }
  return branch;
}

function readChatgptMessage(message: Values): ForeignMemory | string {
  const author = isObject(message["author"]) ? message["author"] : {};
  const content = isObject(message["content"]) ? message["content"] : {};
  const role = roleOf(String(author["role"]));
  if (role !== "user" && role !== "assistant") return "system prompts and results of tools";
  if (typeof message["recipient"] === "string" && message["recipient"] !== "all") return "calls of tools";
  const kind = content["content_type"] ?? "text";
  if (kind !== "text" && kind !== "multimodal_text") return "thoughts, code and other parts that nobody said";
  const text = textOf(content["parts"] ?? content["text"]);
  if (text === undefined) return "messages without a text";
  const about = isObject(message["metadata"]) ? message["metadata"] : {};
  const files = Array.isArray(about["attachments"]) ? about["attachments"].filter(isObject) : [];
  return {
    ...EMPTY_MEMORY,
    text,
    kind: "message",
    role,
    metadata: withoutEmpty({
      model: pickText(about, "model_slug"),
      attachments: files.flatMap((file) => pickText(file, "name", "id") ?? []),
    }),
  };
}

function readClaude(conversation: Values, left: (what: string) => void): ForeignMemory[] {
  const list = Array.isArray(conversation["chat_messages"]) ? conversation["chat_messages"] : [];
  const started = readTime(conversation["created_at"]);
  const runId = idFrom(pickText(conversation, "uuid"));
  const title = pickText(conversation, "name");
  return list.flatMap((message: unknown, index): ForeignMemory[] => {
    const role = isObject(message) && typeof message["sender"] === "string" ? roleOf(message["sender"]) : undefined;
    if (!isObject(message) || role === undefined) {
      left("messages of nobody that is known");
      return [];
    }
    // `content` holds thoughts and tool calls as well; of those kinds none has a `text` of its own.
    const text = textOf(message["content"]) ?? textOf(message["text"]);
    if (text === undefined) {
      left("messages without a text");
      return [];
    }
    const files = [message["attachments"], message["files"]].flatMap((each) =>
      Array.isArray(each) ? each.filter(isObject) : [],
    );
    const createdAt = readTime(message["created_at"]) ?? started;
    return [
      {
        ...EMPTY_MEMORY,
        id: pickText(message, "uuid") ?? `${runId ?? ""}:${index}`,
        text,
        kind: "message",
        role,
        ...(runId === undefined ? {} : { runId }),
        metadata: withoutEmpty({
          title,
          attachments: readTexts(files.map((file) => pickText(file, "file_name", "file_uuid"))),
        }),
        createdAt,
        updatedAt: createdAt,
      },
    ];
  });
}
