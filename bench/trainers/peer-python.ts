import { spawnSync } from 'node:child_process';

export interface PeerPython {
  readonly command: string;
  /** Versions, for the heading. */
  readonly versions: string;
}

const CANDIDATES = ['python3', '/usr/bin/python3', 'python'];
const VERSIONS =
  'import sys, sklearn, numpy; print(f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}, Python {sys.version.split()[0]}")';

/** The first Python that has scikit-learn. */
export function findPeerPython(): PeerPython | undefined {
  for (const command of CANDIDATES) {
    const { status, stdout } = spawnSync(command, ['-c', VERSIONS], { encoding: 'utf8' });
    if (status === 0) return { command, versions: stdout.trim() };
  }
  return undefined;
}
