const LEVEL = "(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|VERBOSE|PANIC)";

const LOGS: readonly RegExp[] = [
  new RegExp(`^\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d)?[\\d.,]*(?:Z|[+-]\\d\\d:?\\d\\d)?\\]?.{0,60}?\\b${LEVEL}\\b`),
  new RegExp(`^\\[?\\d\\d:\\d\\d:\\d\\d[\\d.,]*\\]?\\s.{0,40}?\\b${LEVEL}\\b`),
  new RegExp(`^\\s*(?:\\[${LEVEL}\\]|${LEVEL}(?::[\\w.]+:|\\s{2,}|\\s*\\[|\\s+\\d{4}-|\\s+in\\s+\\w+\\.))`, "i"),
  new RegExp(`^${LEVEL}:?\\s+[\\w./-]+[:(]`),
  /^[A-Z][a-z]{2}\s+\d{1,2} \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?:/,
  /^\S+ \S+ \S+ \[\d{1,2}\/\w{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "/,
  /^\[\s*\d+\.\d{3,}\]\s/,
  /^\[[\w:./-]{2,40}\] (?:\d|\w+(?:ing|ed)\b|Error|Compil|Build|Start|Listen)/,
  /^[\w.-]+\s+\|\s/,
];

const TRACES: readonly RegExp[] = [
  /^\s*at \S.*(?::\d+:\d+\)?|\([^()\s]*:\d+\))$/,
  /^\s*at [\w$.<>/]+\([\w$. ]+(?::\d+)?\)/,
  /^Traceback \(most recent call last\)/,
  /^\s*File "[^"]{1,300}", line \d+/,
  /^\s*(?:Caused by|Exception in thread|Uncaught|Unhandled|thread '[^']*' panicked|panic:|goroutine \d+|\.{3} \d+ (?:more|common))\b/,
  /^(?:[\w$]+\.)*[A-Z]\w*(?:Error|Exception|Warning|Fault)\b(?::|$| \[)/,
  /^\s*[~^]{1,}[\s~^]*$/,
  /^error\[E\d{4}\]|^\s*--> \S+:\d+:\d+|^\s*\d+ \|\s|^\s*\|(?:\s|$)/,
  /^\s*from \S+:\d+:in /,
  /^\S+\.\w{1,5}(?::\d+){1,2}:?\s+(?:-\s+)?(?:error|warning|note|fatal)\b/i,
  /^\S+\.\w{1,5}\(\d+,\d+\): (?:error|warning)/,
];

const OUTPUT: readonly RegExp[] = [
  /^[\s│|]*(?:[├└╰]|\|--|`--|\+---)[─-]*/u,
  /^[│┌┐└┘╔╗║═─━┃╭╮╰╯\s|+=-]{3,}$/u,
  /^[d-](?:[r-][w-][xsS-]){2}[r-][w-][xtT-][@+.]?\s+\d+/,
  /^total \d+$/,
  /^\d+ directories?, \d+ files?$/,
  /^(?:[\w.@-]+\/)+[\w.@-]*$/,
  /^(?:\.{0,2}\/|~\/|[A-Z]:\\)[\w.@/\\-]+$/,
  /^(?:PS )?(?:[\w.-]+@[\w.-]+)?[:~\w/.\\-]{0,60}[$#%❯>]\s(?:sudo |cd |ls|git |npm |npx |pnpm |yarn |node |python|pip|cargo |go |docker |kubectl |curl |cat |make|mkdir |rm |cp |mv |echo |export |brew |apt|ssh |grep |bun )/,
  /^npm (?:warn|err!|notice|error|info)\b/i,
  /^(?:added|removed|changed|audited|up to date)[, ].*\b(?:packages?|vulnerabilit)/,
  /^found \d+ vulnerabilities/,
  /^\s*(?:PASS|FAIL|ok|not ok|✓|✗|✔|✘|×|❯|√)\s+\S/u,
  /^\s*(?:Tests?|Test Files|Test Suites|Suites|Snapshots|Time|Duration|Ran all|Start at)[: ]\s*(?:\d|.*\b(?:passed|failed|total|skipped)\b|all\b)/,
  /^=+ .* =+$|^\d+ (?:passed|failed)(?:, \d+ \w+)* in [\d.]+s/,
  /^(?:On branch |Your branch is |nothing to commit|Changes (?:not staged|to be committed)|Untracked files:|\s+(?:modified|deleted|new file|renamed):\s|HEAD is now at |Already up to date|Fast-forward|\s*\d+ files? changed)/,
  /^(?:diff --git |index [\da-f]{6,}\.\.|@@ -\d+|--- a\/|\+\+\+ b\/|\[\w+ [\da-f]{7,}\])/,
  /^[+-]\s{0,20}(?:import|export|const|let|return|function|def|class|if|for|\}|\/\/|#)/,
  /^(?:commit [\da-f]{7,40}|Author: .*<.*@|Date: {2,})/,
  /^[\da-f]{7,40} (?:feat|fix|chore|docs|refactor|test|build|ci|Merge|HEAD|\()/,
  /^(?:Exit code|exit status|Process exited|Command (?:failed|exited)|Exited with)[: ]/i,
  /^(?:Downloading|Collecting|Installing collected|Successfully (?:installed|built)|Requirement already|Compiling|Finished|Resolving|Reading package lists|Building dependency|Get:\d|Unpacking|Setting up|Step \d+\/\d+|Removing intermediate|Cloning into|remote: |Receiving objects|Receiving deltas)\b/,
  /^\s*\d{1,3}%\|?[█▏▎▍▌▋▊▉ #=>-]*/u,
  /^(?:HTTP\/\d|(?:GET|POST|PUT|PATCH|DELETE|HEAD) (?:\/|https?:)|[<>*] (?:HTTP|[\w-]+:|Connected|Trying|GET|POST))/,
  /^(?:content-type|content-length|cache-control|user-agent|x-[\w-]+|etag|server|date|accept|host|connection|vary):\s/i,
  /^\s*(?:USER\s+PID|PID\s+|NAME\s+READY|CONTAINER ID|REPOSITORY\s+TAG|Filesystem\s)/,
  /^[\da-f]{8}[: ]\s?(?:[\da-f]{2,4}\s){4}/,
  /^\s*[→»]?\s*(?:Read|Wrote|Created|Edited|Updated|Deleted) (?:file )?\S+\.\w+(?: \(\d+ lines?\))?$/,
  /^\s*\d{1,6}[→\t]\s*\S/u,
];

const CODE: readonly RegExp[] = [
  /^\s*(?:import|export)\s.*(?:\bfrom\s+["']|[;{*]|["'];?$)|^\s*(?:import [\w.]+(?: as \w+)?|from [\w.]+ import .+)$/,
  /^\s*(?:export\s+)?(?:const|let|var|val|static|final)\s+[\w{[$][^=]{0,80}=/,
  /^\s*(?:(?:export|public|private|protected|static|async|default|abstract|override|pub|inline)\s+)*(?:function|def|fn|func|class|interface|struct|enum|impl|trait|namespace|type|module|package|sub)\b\s*\*?\s*[\w$.]+\s*(?:[({:<;=]|extends|implements|$)/,
  /^\s*(?:public|private|protected)\s+[\w<>[\], ]+[({;=]/,
  /^\s*(?:if|for|while|switch|catch|elif|with|match|else if|foreach)\b.*[({:]\s*$|^\s*(?:if|for|while|switch)\s*\(.*\)\s*(?:\{?|\S.*;)$/,
  /^\s*(?:\}\s*)?(?:else|try|finally|do)\s*[{:]?$/,
  /^\s*(?:return|throw|raise|yield|await|break|continue|pass)\b[^.!?]*(?:[;)\]}]|^\s*\w+)$/,
  /^\s*[\w$.\]["'[]+\s*(?:[+\-*/|&]?=|:=|\?\?=)\s*[^=].*(?:[;{([,\])}"'`]|\d)$/,
  /^\s*(?:await |self\.|this\.)?[\w$]+(?:\.[\w$]+)*\([^]*\)\s*[;{]?$/,
  /^\s*[^\s].*[;{]\s*(?:\/\/.*|#.*)?$/,
  /^\s*(?:\/\/|\/\*|\*\/|\* @|#!|#include|#define|#pragma|#\[|@\w+(?:\(|$)|<!--|--\s|"""|''')/,
  /^\s*<\/?[A-Za-z][\w.-]*(?:\s[^<>]*)?\/?>.*$|^\s*<\?xml|^\s*<!DOCTYPE/i,
  /^\s*(?:SELECT\s.+\b(?:FROM|AS)\b|SELECT\s*$|FROM\s+\w+(?:\s+\w+)?\s*$|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE (?:TABLE|INDEX|VIEW|DATABASE)|ALTER TABLE|DROP TABLE|(?:LEFT|INNER|RIGHT|OUTER) JOIN|WHERE\s.*[=<>]|GROUP BY|ORDER BY)/,
  /^\s*["']?[\w$-]+["']?\s*:\s*(?:["'{[\d]|true\b|false\b|null\b|\|$|>$).*[,{["'\d}\]]?$/,
  /^\s*[\])}]+[;,)]*\s*$/,
  /^\s*[.#]?[\w-][\s,>+~:.#[\]\w="-]*\{$/,
  /^\s*[A-Z][A-Z\d_]{2,}=\S*$/,
  /^\s*(?:FROM|RUN|COPY|WORKDIR|CMD|ENTRYPOINT|ENV|EXPOSE|ARG)\s+[\w./:@["$-]+/,
  /^\s*(?:sudo |npm |npx |pnpm |yarn |git |docker |kubectl |pip3? |cargo |brew |apt(?:-get)? |curl |wget |chmod |mkdir |cd |export \w+=|source )[\w./:@$"'-]+(?:\s+[\w./:@$"'=<>|&*-]+)*$/,
];

/** True for a line of a log, a stack trace, a command's output, a listing or code. Prose, lists and chats are none. */
export function isMachineLine(line: string): boolean {
  const read = line.slice(0, 400).trimEnd().replace(/^>\s/, "");
  return [LOGS, TRACES, OUTPUT, CODE].some((patterns) => patterns.some((pattern) => pattern.test(read)));
}
