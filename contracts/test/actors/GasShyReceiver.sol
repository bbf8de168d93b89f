// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice Takes money only when it is given nearly all of the exchange's 30,000 gas (and the 2,300 of every payment).
contract GasShyReceiver {
    receive() external payable {
        require(gasleft() >= 32_000);
    }
}
