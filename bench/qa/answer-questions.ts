import pLimit from "p-limit";
import type { LanguageModel } from "../../src/ports/language-model.ts";
import type { Corpus, CorpusConversation, CorpusQuestion } from "../corpora/corpus.ts";
import { askModel } from "./ask-model.ts";
import type { ContextSource } from "./contexts.ts";
import { LENIENT_JUDGE, READER, readVerdict, renderJudge, renderReader, STRICT_JUDGE } from "./prompts.ts";
import type { AnswerRow, RowsFile } from "./rows-file.ts";
import { bleu1, tokenF1 } from "./scores.ts";

export interface AnswerOptions {
  readonly reader: LanguageModel;
  readonly judge: LanguageModel;
  readonly runs: number;
  /** Questions in flight at a time. */
  readonly concurrency: number;
  readonly onProgress: (done: number, total: number) => void;
}

/** Answers and grades every question of a corpus from one source that is not in the file yet. */
export async function answerQuestions(
  corpus: Corpus,
  source: ContextSource,
  file: RowsFile,
  options: AnswerOptions,
): Promise<void> {
  const tasks = corpus.conversations.flatMap((conversation) =>
    conversation.questions.flatMap((question) =>
      Array.from({ length: options.runs }, (_, index) => ({ conversation, question, run: index + 1 })),
    ),
  );
  const open = tasks.filter(({ question, run }) => !file.has(question.id, source.name, run));
  let done = tasks.length - open.length;
  const limit = pLimit(options.concurrency);
  await Promise.all(
    open.map((task) =>
      limit(async () => {
        await file.add(await answerOne(task.conversation, task.question, task.run, source, options));
        done += 1;
        options.onProgress(done, tasks.length);
      }),
    ),
  );
}

async function answerOne(
  conversation: CorpusConversation,
  question: CorpusQuestion,
  run: number,
  source: ContextSource,
  { reader, judge }: AnswerOptions,
): Promise<AnswerRow> {
  const start = performance.now();
  const context = await source.context(conversation, question.question);
  const retrievalMs = performance.now() - start;
  const reply = await askModel(reader, "answer", READER, renderReader(question.question, context));
  const prompt = renderJudge(question, reply.text);
  const strict = await askModel(judge, "judgement", STRICT_JUDGE, prompt);
  const lenient = await askModel(judge, "judgement", LENIENT_JUDGE, prompt);
  const gold = question.answer ?? "not known";
  return {
    question: question.id,
    conversation: conversation.id,
    category: question.category,
    isHeadline: question.isHeadline,
    source: source.name,
    run,
    answer: reply.text,
    strict: { isRight: readVerdict(strict.text), said: strict.text },
    lenient: { isRight: readVerdict(lenient.text), said: lenient.text },
    f1: tokenF1(reply.text, gold),
    bleu1: bleu1(reply.text, gold),
    contextTokens: Math.ceil(context.length / 4),
    reader: reply.usage,
    judge: {
      inputTokens: strict.usage.inputTokens + lenient.usage.inputTokens,
      outputTokens: strict.usage.outputTokens + lenient.usage.outputTokens,
      cachedInputTokens: strict.usage.cachedInputTokens + lenient.usage.cachedInputTokens,
    },
    retrievalMs: Math.round(retrievalMs * 100) / 100,
    readerMs: Math.round(reply.milliseconds),
  };
}
