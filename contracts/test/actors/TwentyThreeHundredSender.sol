// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice Pays with the 2,300 gas of `transfer`, as older marketplaces do.
contract TwentyThreeHundredSender {
    function send(address payable to) external payable {
        to.transfer(msg.value);
    }
}
