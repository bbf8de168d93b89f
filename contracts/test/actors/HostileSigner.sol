// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @notice A contract wallet that does harm when it is asked about a signature.
contract HostileSigner is IERC1271 {
    enum Mode {
        Revert,
        ReturnBomb,
        RevertBomb,
        BurnGas,
        ShortAnswer,
        DirtyAnswer
    }

    Mode private immutable _mode;

    constructor(Mode mode) {
        _mode = mode;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        bytes4 magic = IERC1271.isValidSignature.selector;
        if (_mode == Mode.Revert) revert("no");
        if (_mode == Mode.BurnGas) while (true) {}
        uint256 size = _mode == Mode.ShortAnswer ? 4 : _mode == Mode.DirtyAnswer ? 32 : 500_000;
        bool fails = _mode == Mode.RevertBomb;
        bool dirty = _mode == Mode.DirtyAnswer;
        assembly {
            mstore(0x00, or(magic, dirty))
            if fails { revert(0x00, size) }
            return(0x00, size)
        }
    }
}
