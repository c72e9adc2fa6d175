import * as api from '../api/wallet';
import type { LinkedDid } from '../api/wallet';
import { toHex, utf8 } from '../verify/bytes';

/** What a browser wallet offers to pages (EIP-1193). */
interface EthereumProvider {
  request(call: { method: string; params?: readonly unknown[] }): Promise<unknown>;
}

const provider = (): EthereumProvider | undefined =>
  (globalThis as { ethereum?: EthereumProvider }).ethereum;

export const hasEthereum = (): boolean => provider() !== undefined;

/** Links the account that the member chooses in the wallet, by a signature over a plain text (EIP-191). */
export async function linkEthereum(): Promise<LinkedDid> {
  const wallet = provider();
  if (!wallet) throw new Error('There is no Ethereum wallet in this browser.');
  try {
    const [address = ''] = (await wallet.request({ method: 'eth_requestAccounts' })) as string[];
    const chain = Number((await wallet.request({ method: 'eth_chainId' })) as string);
    const { challenge, message } = await api.challenge(`did:pkh:eip155:${chain}:${address}`);
    const proof = (await wallet.request({
      method: 'personal_sign',
      params: [`0x${toHex(utf8(message ?? ''))}`, address],
    })) as string;
    return (await api.link({ challenge, proof, kind: 'ethereum', name: 'Ethereum wallet' })).did;
  } catch (error) {
    if (isRefusal(error)) throw new Error('You declined in your wallet. Nothing was changed.');
    throw error;
  }
}

/** EIP-1193, section on errors: the user said no. */
const isRefusal = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 4001;
