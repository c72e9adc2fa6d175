// Brings the client up to date for the .NET build: `node prepare.mjs install` fetches the packages,
// `node prepare.mjs build` writes ../wwwroot. Each does nothing when its result is newer than its
// sources, and a lock lets builds that run side by side do the work once.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const lockPath = join(web, '..', 'obj', 'web.lock');
const longestWaitMs = 15 * 60_000;
const sources = [
  'index.html', 'package.json', 'package-lock.json', 'svelte.config.js', 'tsconfig.json',
  'vite.config.ts', 'src', 'public',
];
const steps = {
  install: {
    inputs: ['package-lock.json'],
    output: join(web, 'node_modules', '.package-lock.json'),
    run: () => npm('ci', '--include=dev', '--include=optional'),
  },
  build: {
    inputs: sources,
    output: join(web, '..', 'wwwroot', 'index.html'),
    run: () => npm('run', 'build', '--silent'),
  },
};

requireNode();
const step = steps[process.argv[2]];
if (!step) fail('Say "install" or "build".');
await locked(() => {
  if (isFresh(step)) return;
  step.run();
  touch(step.output);
});

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node 20.19 or newer is needed to build the web client; this is ${process.versions.node}.`);
  }
}

function npm(...args) {
  // npm is a script there, which only a shell can start.
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync('npm', args, { cwd: web, stdio: 'inherit', shell });
  if (error) fail(`npm could not be started: ${error.message}`);
  if (status !== 0) fail(`"npm ${args.join(' ')}" ended with exit code ${status}.`);
}

function isFresh({ inputs, output }) {
  const made = modifiedMs(output);
  return made !== null && inputs.every((input) => newest(join(web, input)) <= made);
}

/** The time of the newest file at or below a path; 0 where there is none. */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function modifiedMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function touch(path) {
  const now = new Date();
  utimesSync(path, now, now);
}

async function locked(work) {
  mkdirSync(dirname(lockPath), { recursive: true });
  const deadline = Date.now() + longestWaitMs;
  while (!tryLock()) {
    if (Date.now() > deadline) fail(`Another build has held ${lockPath} for too long.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    work();
  } finally {
    rmSync(lockPath, { force: true });
  }
}

function tryLock() {
  try {
    const file = openSync(lockPath, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    removeIfAbandoned();
    return false;
  }
}

/** A build that was killed leaves its lock behind; its process is gone then. */
function removeIfAbandoned() {
  try {
    const pid = Number(readFileSync(lockPath, 'utf8'));
    if (pid > 0 && !isRunning(pid)) rmSync(lockPath, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function fail(message) {
  console.error(`error : ${message}`);
  // Exits at once, so the lock of a failed step must go here.
  if (readLockOwner() === process.pid) rmSync(lockPath, { force: true });
  process.exit(1);
}

function readLockOwner() {
  try {
    return Number(readFileSync(lockPath, 'utf8'));
  } catch {
    return null;
  }
}
