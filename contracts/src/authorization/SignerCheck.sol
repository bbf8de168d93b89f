// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @notice Tells whether an account signed a digest, for plain keys, delegated keys (EIP-7702) and contract wallets
/// (ERC-1271).
/// @dev The key is tried before the code: a delegated account keeps its key, and its delegate may know nothing of
/// ERC-1271. A contract wallet is asked by a static call of which at most 32 bytes are read, so its answer cannot
/// exhaust memory. Callers put the signer's address into the signed struct; one wallet's signature then never serves
/// another wallet.
library SignerCheck {
    /// @notice True when `signer` signed `digest`.
    function isSignedBy(address signer, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        (address recovered, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (failure == ECDSA.RecoverError.NoError && recovered == signer) return true;
        if (signer.code.length == 0) return false;
        return SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }
}
