const LEVEL = "(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|VERBOSE|PANIC)";

const LOGS: readonly RegExp[] = [
  new RegExp(
    `^\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d)?[\\d.,]*(?:Z|[+-]\\d\\d:?\\d\\d)?\\]?.{0,60}?\\b${LEVEL}\\b`,
  ),
  new RegExp(`^\\[?\\d\\d:\\d\\d:\\d\\d[\\d.,]*\\]?\\s.{0,40}?\\b${LEVEL}\\b`),
  new RegExp(`^\\s*(?:\\[${LEVEL}\\]|${LEVEL}(?::[\\w.]+:|:?\\s{2,}|\\s*\\[|\\s+\\d{4}-))`),
  /^\s*\[(?:trace|debug|info|warn|warning|error|fatal)\]/,
  new RegExp(`^${LEVEL}:?\\s+[\\w-]*[./][\\w./-]+[:(]`),
  /^[A-Z][a-z]{2}\s+\d{1,2} \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?:/,
  /^\S+ \S+ \S+ \[\d{1,2}\/\w{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "/,
  /^\[\s*\d+\.\d{3,}\]\s/,
  /^\[[a-z][a-z\d:./-]{1,40}\] (?:Error|Compil(?:ed|ing)|Build|Start(?:ed|ing) |Listening|webpack)/,
  /^[\w.-]+-\d+\s+\|\s/,
];

const TRACES: readonly RegExp[] = [
  /^\s*at \S.*(?::\d+:\d+\)?|\([^()\s]*:\d+\))$/,
  /^Traceback \(most recent call last\)/,
  /^\s*File "[^"]{1,300}", line \d+/,
  /^\s*(?:Caused by: |Exception in thread "|Uncaught (?:\w*Error|exception|\()|Unhandled (?:promise )?rejection|thread '[^']*' panicked|panic: |goroutine \d+|\.{3} \d+ (?:more|common))/i,
  /^(?:[\w$]+\.)*[A-Z]\w*(?:Error|Exception|Warning|Fault)\b(?::|$| \[)/,
  /^\s*[~^][\s~^]*$/,
  /^error\[E\d{4}\]|^\s*--> \S+:\d+:\d+|^\s*\d+ \|\s|^\s*\|(?:\s{2,}[\^|-].*|\s*)$/,
  /^\s+\d{1,3}:\s+\S+$/,
  /^\s*from \S+:\d+:in /,
  /^\S+\.\w{1,5}(?::\d+){1,2}:?\s+(?:-\s+)?(?:error|warning|note|fatal)\b/i,
  /^\S+\.\w{1,5}\(\d+,\d+\): (?:error|warning)/,
];

const OUTPUT: readonly RegExp[] = [
  /^[\s│|]*(?:[├└╰]|\|--|`--|\+---)[─-]*/u,
  /^[│┌┐└┘╔╗║═─━┃╭╮╰╯\s|+=-]{3,}$/u,
  /^│.*│$/u,
  /^[A-Z][A-Z /]{1,30}(?: {2,}[A-Z][A-Z /]*)+$/,
  /^[d-](?:[r-][w-][xsS-]){2}[r-][w-][xtT-][@+.]?\s+\d+/,
  /^total \d+$/,
  /^\d+ directories?, \d+ files?$/,
  /^(?=.*[a-z])(?:(?:[\w.@-]+\/)+[\w.@-]*\.\w{1,8}|(?:[\w.@-]+\/){2,}[\w.@-]*)$/i,
  /^(?:\.{0,2}\/|~\/|[A-Z]:\\)[\w.@/\\-]+$/,
  /^(?:(?:PS )?[\w.@-]*[:~/\\][\w:~/.\\ -]{0,60}[$#%>]|[\w.-]+@[\w.-]+[$#%]|[$%❯])\s+(?:[a-z][\w.-]*)(?:\s|$)/,
  /^npm (?:warn|err!|notice|error|info)\b/i,
  /^(?:added|removed|changed|audited) \d+ packages?|^up to date, audited/,
  /^found \d+ vulnerabilities/,
  /^\s*(?:(?:PASS|FAIL|✓|✗|✔|✘|×|❯|√)\s+(?:\S+[./]\S+|.*\(\d+ ?(?:tests?|ms|s)\))|(?:not )?ok \d+ )/u,
  /^\s*(?:Tests?|Test Files|Test Suites|Suites|Snapshots|Time|Duration|Ran all|Start at)[: ]\s*(?:\d|.*\b(?:passed|failed|total|skipped)\b|all\b)/,
  /^=+ .* =+$|^\d+ (?:passed|failed)(?:, \d+ \w+)* in [\d.]+s/,
  /^(?:On branch \S+$|Your branch is |nothing to commit|Changes (?:not staged|to be committed)|Untracked files:|\s+(?:modified|deleted|new file|renamed):\s|HEAD is now at |Already up to date|Fast-forward|\s*\d+ files? changed)/,
  /^(?:diff --git |index [\da-f]{6,}\.\.|@@ -\d+|--- a\/|\+\+\+ b\/|\[\w+ [\da-f]{7,}\])/,
  /^[+-]\s{0,20}(?:import|export|const|let|return|function|def|class|if|for|\}|\/\/|#)/,
  /^(?:commit [\da-f]{7,40}|Author: .*<.*@|Date: {2,})/,
  /^[\da-f]{7,40} (?:feat|fix|chore|docs|refactor|test|build|ci|Merge|HEAD|\()/,
  /^(?:Exit code|exit status|Process exited|Command (?:failed|exited)|Exited with)[: ]/i,
  /^(?:Downloading \S*[./\d]\S*|Collecting [\w.[\]=<>~-]+$|Installing collected|Successfully (?:installed|built) |Requirement already|Compiling \S+ v\d|Finished (?:`|dev|release|in \d)|Resolving (?:deltas|dep|pack)|Reading package lists|Building dependency|Get:\d|Unpacking \S+ \(|Setting up \S+ \(\d|Step \d+\/\d+|Removing intermediate|Cloning into '|remote: (?:Count|Compress|Enumer|Total)|Receiving (?:objects|deltas))/,
  /^\s*\d{1,3}%\s*(?:\||\(\d|[█▏▎▍▌▋▊▉#=>])/u,
  /^(?:HTTP\/\d|(?:GET|POST|PUT|PATCH|DELETE|HEAD) (?:\/|https?:)|[<>] (?:HTTP|GET|POST|[a-z]+-[a-z-]+:)|\* (?:Connected to|Trying \d|TLSv))/i,
  /^(?:content-(?:type|length|encoding)|cache-control|user-agent|x-[\w]+-[\w-]+|etag|set-cookie):\s/i,
  /^\s*(?:USER\s+PID|PID\s+|NAME\s+READY|CONTAINER ID|REPOSITORY\s+TAG|Filesystem\s)/,
  /^[\da-f]{8}[: ]\s?(?:[\da-f]{2,4}\s){4}/,
  /^\s*(?:Read|Wrote|Created|Edited|Updated|Deleted) (?:file )?\S+\.\w+ \(\d+ lines?\)$/,
  /^\s*\d{1,6}→|^\s{3,}\d{1,6}\t/u,
];

const COMMANDS = "npm|npx|pnpm|yarn|git|docker|kubectl|pip3?|cargo|brew|apt(?:-get)?|curl|wget|chmod|mkdir|cd|source";
const SUBCOMMANDS =
  "install|run|commit|add|push|pull|clone|checkout|ci|test|build|exec|get|apply|up|down|init|status|diff|log|merge|rebase";

const CODE: readonly RegExp[] = [
  /^\s*(?:import|export)\s.*(?:\bfrom\s+["'].*|[;{]|["'];?)$|^\s*(?:import [\w.]+(?: as \w+)?|from [\w.]+ import .+)$/,
  /^\s*(?:export\s+)?(?:const|let|var|val|static|final)\s+[\w{[$][^=]{0,80}=/,
  /^\s*(?:(?:export|public|private|protected|static|async|default|pub|inline)\s+)*(?:function|def|fn|func|sub)\b\s*\*?\s*[\w$.]*\s*[(<]/,
  /^\s*(?:(?:export|public|private|default|abstract|pub|final)\s+)*(?:class|interface|struct|enum|impl|trait|namespace)\s+[\w$.<>]+\s*(?:[({<;]|:\s*$|extends\b|implements\b)/,
  /^\s*(?:export\s+)?type\s+\w+(?:<[^>]*>)?\s*=|^package (?:main|\w+\.[\w.]+;?)$/,
  /^\s*(?:public|private|protected)\s+[\w<>[\], ]+[({;=]/,
  /^\s*(?:if|for|while|switch|catch|elif|with|match|else if|foreach)\b.*[({]\s*$|^\s*(?:if|for|while|switch)\s*\(.*\)\s*(?:\{?|\S.*;)$/,
  /^\s*(?:if|elif|while|for|with)\s[^:]*(?:[=!<>]=|^\s*for \w+ in |[()[\]_]|\bnot \w+).*:\s*$|^\s*for \w+ in \S+:$/,
  /^\s*(?:\}\s*)?(?:else|try|finally|do)\s*[{:]$/,
  /^\s*(?:return|throw|raise|yield|await)\s+(?:new\s+)?[^\s]*[;({[]|^\s*(?:break|continue|pass);$/,
  /^\s*[\w$.\]["'[]+\s*(?:[+\-*/|&]?=|:=|\?\?=)\s*[^=].*[;{([,\])}"'`]$/,
  /^\s*(?:await |self\.|this\.)?[\w$]+(?:\.[\w$]+)*\(.*\)\s*[;{]?$/,
  /^\s*[^\s].*[=()[\]{}<>].*[;{]$|^\s*[\w-]+:\s*[\w#().%-]+(?:\s[\w#().%-]+){0,3};$|^\s*[\w.]+(?:\+\+|--)?;$/,
  /^\s*(?:\/\/|\/\*|\*\/|\* @|#!|#include|#define|#pragma|#\[|@\w+\(|<!--|"""|''')/,
  /^\s*(?:<\?xml|<!DOCTYPE)/i,
  /^\s*(?:SELECT\s.+\b(?:FROM|AS)\b|SELECT\s.*[,*\w]$|FROM\s+\w+(?:\s+\w+)?\s*$|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE (?:TABLE|INDEX|VIEW|DATABASE)|ALTER TABLE|DROP TABLE|(?:LEFT|INNER|RIGHT|OUTER) JOIN|WHERE\s.*[=<>]|GROUP BY|ORDER BY)/,
  /^\s*["']?[\w$-]+["']?\s*:\s*(?:["'{[].*[,{["'\]}]|(?:\d[\d.]*|true|false|null)\s?[,}]?|\||>)$/,
  /^\s*[\])}]+[;,)]*\s*$/,
  /^\s*[.#]?[\w-][\s,>+~:.#[\]\w="-]*\{$/,
  /^\s*[A-Z][A-Z\d_]{2,}=\S*$/,
  /^\s*(?:FROM|RUN|COPY|WORKDIR|CMD|ENTRYPOINT|ENV|EXPOSE|ARG)\s+[\w./:@["$-]+/,
  /^\s*export \w+=\S*$/,
  new RegExp(
    `^\\s*(?:sudo )?(?:${COMMANDS})\\s+(?!.*\\b(?:the|is|are|my|I|should|and|every|to|a|for|in)\\b)(?:(?:${SUBCOMMANDS})\\b|\\S*[-./$=]\\S*).*$`,
  ),
];

/** True for a line of a log, a stack trace, a command's output, a listing or code. Prose, lists and chats are none. */
export function isMachineLine(line: string): boolean {
  const read = line.slice(0, 400).trimEnd().replace(/^>\s/, "");
  return (
    isMarkup(read) || [LOGS, TRACES, OUTPUT, CODE].some((patterns) => patterns.some((pattern) => pattern.test(read)))
  );
}

/** A line that begins with a tag and is made of tags more than of words. */
function isMarkup(line: string): boolean {
  if (!/^\s*<\/?[A-Za-z]/.test(line)) return false;
  const trimmed = line.trim();
  return trimmed.replaceAll(/<[^<>]{1,300}>/g, "").length * 2 < trimmed.length;
}
