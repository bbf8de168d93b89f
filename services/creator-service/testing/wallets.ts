import { type Hex, lowerCase } from '@knowton/core'
import solc from 'solc'
import { type Abi, encodeFunctionData, parseAbi, serializeErc6492Signature } from 'viem'
import type { TestChain } from './test-chain.ts'

const SOURCE = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// A contract wallet that approves what its owner's key signed (ERC-1271).
contract Wallet {
    address private immutable _owner;

    constructor(address owner) {
        _owner = owner;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        if (signature.length != 65) return 0xffffffff;
        bytes32 r = bytes32(signature[0:32]);
        bytes32 s = bytes32(signature[32:64]);
        address signer = ecrecover(digest, uint8(signature[64]), r, s);
        return signer != address(0) && signer == _owner ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }

    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        return this.onERC721Received.selector;
    }
}

/// Deploys the wallet of an owner where it was foretold.
contract WalletFactory {
    function walletOf(address owner) external view returns (address) {
        bytes32 code = keccak256(abi.encodePacked(type(Wallet).creationCode, abi.encode(owner)));
        return address(uint160(uint256(keccak256(abi.encodePacked(bytes1(0xff), address(this), bytes32(0), code)))));
    }

    function deploy(address owner) external {
        new Wallet{salt: bytes32(0)}(owner);
    }
}
`

type Output = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly contracts: {
    readonly 'wallets.sol': {
      readonly WalletFactory: { readonly evm: { readonly bytecode: { readonly object: string } } }
    }
  }
}

const walletFactoryAbi = parseAbi([
  'function walletOf(address owner) view returns (address)',
  'function deploy(address owner)',
]) satisfies Abi

/** Contract wallets on a chain, one of each owner. */
export type Wallets = {
  /** Where the wallet of `owner` is, or will be. */
  readonly walletOf: (owner: Hex) => Promise<Hex>
  readonly deploy: (owner: Hex) => Promise<void>
  /** Adds to a signature how the wallet of `owner` is deployed (ERC-6492). */
  readonly wrap: (owner: Hex, signature: Hex) => Hex
}

/** Puts a factory of contract wallets on the chain. */
export const openWallets = async (chain: TestChain): Promise<Wallets> => {
  const address = await chain.deploy(walletFactoryAbi, compileWalletFactory())
  const factory = { address, abi: walletFactoryAbi } as const
  const deploying = (owner: Hex) => ({ ...factory, functionName: 'deploy', args: [owner] }) as const
  return {
    walletOf: async (owner) =>
      lowerCase(await chain.client.readContract({ ...factory, functionName: 'walletOf', args: [owner] })),
    deploy: async (owner) => {
      await chain.write(deploying(owner))
    },
    wrap: (owner, signature) =>
      serializeErc6492Signature({ address, data: encodeFunctionData(deploying(owner)), signature }),
  }
}

const compileWalletFactory = (): Hex => {
  const input = {
    language: 'Solidity',
    sources: { 'wallets.sol': { content: SOURCE } },
    settings: { evmVersion: 'cancun', outputSelection: { '*': { WalletFactory: ['evm.bytecode.object'] } } },
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output
  const failure = output.errors?.find(({ severity }) => severity === 'error')
  if (failure !== undefined) throw new Error(failure.formattedMessage)
  return `0x${output.contracts['wallets.sol'].WalletFactory.evm.bytecode.object}`
}
