// authentik's own JavaScript client (@goauthentik/api) against the authentik mirror. It
// runs where its package is installed, and says what harness.py says for the others.
import { createRequire } from "node:module";
import { readFileSync, statSync } from "node:fs";

const require = createRequire(process.cwd() + "/");
const ak = require("@goauthentik/api");
const { version } = JSON.parse(readFileSync("node_modules/@goauthentik/api/package.json"));

const lines = readFileSync(process.env.CLIENTS_SYSTEMS, "utf8").trim().split("\n");
const idp = lines.map((line) => JSON.parse(line)).find((one) => one.name === "idp");
const name = `@goauthentik/api ${version}`;
const sums = { ok: 0, cannot: 0, failed: 0 };

const signedIn = (key) =>
  new ak.CoreApi(new ak.Configuration({ basePath: `${idp.url}/api/v3`, accessToken: key }));
const core = signedIn(idp.token);
const weak = signedIn(idp.weak_token);
const soon = new Date(Date.now() + 20 * 60_000); // the server allows no more than half an hour

function must(truth, words) {
  if (!truth) throw new Error(words);
}

async function refused(status, promise) {
  const error = await promise.then(() => undefined, (e) => e);
  must(error?.response?.status === status, `${status} was to come, and not ${error?.response?.status ?? error}`);
}

const told = (error) => (error.response ? `${error.response.status} ${error.response.url}` : String(error));

function say(verdict, what, detail = "") {
  console.log(`${verdict.padEnd(6)} ${name}: ${what}${detail ? `: ${detail}` : ""}`);
}

async function step(what, act) {
  const since = statSync(process.env.CLIENTS_TRAFFIC).size;
  try {
    const outcome = await act();
    sums.ok++;
    say("ok", what, ["string", "number"].includes(typeof outcome) ? String(outcome) : "");
  } catch (error) {
    sums.failed++;
    say("FAILED", what, told(error));
    tellTraffic(since);
  }
}

async function cannot(what, because, says, act) {
  const error = await Promise.resolve().then(act).then(() => undefined, (e) => e);
  if (error && says.test(String(error))) {
    sums.cannot++;
    return say("cannot", what, because);
  }
  sums.failed++;
  say("FAILED", what, error ? `fails in other words than expected: ${told(error)}` : `works now; its expected failure has to go. It was: ${because}`);
}

function tellTraffic(since) {
  const pieces = readFileSync(process.env.CLIENTS_TRAFFIC).subarray(since).toString().trim().split("\n").filter(Boolean).map((l) => JSON.parse(l));
  for (const by of ["request", "answer"]) {
    const [head, body = ""] = pieces.filter((p) => p.by === by).at(-1)?.text.split("\r\n\r\n") ?? ["nothing"];
    console.log(`         ${by}: ${head.split("\r\n")[0]} ${JSON.stringify(body.slice(0, 700))}`);
  }
}

async function everyPage(ask) {
  const rows = [];
  let answer;
  for (let page = 1; page; page = answer.pagination.next) {
    answer = await ask({ page, pageSize: 50 });
    rows.push(...answer.results);
  }
  must(rows.length === answer.pagination.count, `${rows.length} rows of ${answer.pagination.count}`);
  return rows;
}

const ownPk = async () => (await core.coreUsersList({ username: idp.username })).results[0].pk;

await step("who am I, for two accounts", async () => {
  for (const [api, username] of [[core, idp.username], [weak, idp.weak_username]]) {
    const session = await api.coreUsersMeRetrieve();
    must(session.user.username === username && session.user.isCurrent && session.users.length === 1, JSON.stringify(session.user));
  }
});
await step("list tokens, all pages", async () => {
  const rows = await everyPage((ask) => core.coreTokensList(ask));
  must(rows.every((t) => !t.expires || t.expires instanceof Date), "a date is none");
  return rows.length;
});
await step("list users, all pages", async () => (await everyPage((ask) => core.coreUsersList(ask))).length);
await step("list tokens and users by a filter", async () => {
  const [one] = (await core.coreTokensList({ pageSize: 1, expiring: true })).results;
  for (const ask of [{ identifier: one.identifier }, { userUsername: one.userObj.username }, { intent: one.intent, pageSize: 100 }]) {
    must((await core.coreTokensList(ask)).results.some((t) => t.pk === one.pk), `${JSON.stringify(ask)} does not find its token`);
  }
  must((await core.coreUsersList({ dateJoinedGt: soon })).results.length === 0, "somebody joined in the future");
});
await cannot("find a token by its own date", "a Date holds milliseconds and the server microseconds, so that what was read finds nothing", /finds nothing/, async () => {
  const [one] = (await core.coreTokensList({ pageSize: 1, expiring: true, ordering: "expires" })).results;
  must((await core.coreTokensList({ expires: one.expires })).results.length > 0, "it finds nothing");
});
await step("paths of users", async () => (await core.coreUsersPathsRetrieve()).paths.length);
await step("create, show, change and reveal a token", async () => {
  const user = await ownPk();
  const wanted = { identifier: "official-js", intent: ak.IntentEnum.AppPassword, user, description: "by a client", expires: soon, expiring: true };
  const made = await core.coreTokensCreate({ tokenRequest: wanted });
  must(made.intent === "app_password" && +made.expires === +soon, `it came as ${JSON.stringify(made)}`);
  await core.coreTokensUpdate({ identifier: "official-js", tokenRequest: { ...wanted, description: "wholly" } });
  await core.coreTokensPartialUpdate({ identifier: "official-js", patchedTokenRequest: { ...wanted, description: "in part" } });
  const shown = await core.coreTokensRetrieve({ identifier: "official-js" });
  must(shown.description === "in part" && +shown.expires === +soon, `it is ${JSON.stringify(shown)}`);
  await core.coreTokensUsedByList({ identifier: "official-js" });
  must((await core.coreTokensViewKeyRetrieve({ identifier: "official-js" })).key.length >= 60, "the key is short");
});
await step("set a key", async () => {
  await core.coreTokensSetKeyCreate({ identifier: "official-js", tokenSetKeyRequest: { key: "a-key-of-ones-own-choice" } });
  must((await core.coreTokensViewKeyRetrieve({ identifier: "official-js" })).key === "a-key-of-ones-own-choice", "another key is shown");
});
await step("delete, and gone", async () => {
  await core.coreTokensDestroy({ identifier: "official-js" });
  await refused(404, core.coreTokensRetrieve({ identifier: "official-js" }));
});
await step("refusals keep their status", async () => {
  await refused(400, core.coreTokensCreate({ tokenRequest: { identifier: "no slug" } }));
  await refused(403, signedIn("wrong").coreTokensList());
});

console.log(`${name}: ${sums.ok} ok, ${sums.cannot} cannot, ${sums.failed} failed`);
process.exit(sums.failed ? 1 : 0);
