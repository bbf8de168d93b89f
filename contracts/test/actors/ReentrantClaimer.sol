// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {RoyaltySplitter} from "../../src/royalty/RoyaltySplitter.sol";

/// @notice Holds a position and claims again, and looks at the books, from inside its payment.
contract ReentrantClaimer {
    uint256 public payments;
    bool public reentered;
    bool public looked;

    receive() external payable {
        ++payments;
        (reentered,) = msg.sender.call(abi.encodeCall(RoyaltySplitter.claim, (0, address(0))));
        (looked,) = msg.sender.staticcall(abi.encodeCall(RoyaltySplitter.claimable, (0, address(0))));
    }
}
