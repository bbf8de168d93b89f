// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Test} from "./Test.sol";

/// @notice A test whose invariants hold while forge calls its handlers in random order.
abstract contract InvariantTest is Test {
    address[] private _targets;

    /// @dev Forge asks for this.
    function targetContracts() public view returns (address[] memory) {
        return _targets;
    }

    function target(address handler) internal {
        _targets.push(handler);
    }
}
