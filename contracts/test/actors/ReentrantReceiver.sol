// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {WorkToken} from "../../src/token/WorkToken.sol";

/// @notice Receives a token, looks at it, and runs a prepared call against the token contract from inside the callback.
contract ReentrantReceiver {
    bytes private _attack;

    bool public called;
    bool public attackSucceeded;
    bytes public attackResult;
    address public seenOwner;
    string public seenUri;
    address public seenReceiver;
    uint256 public seenRoyalty;

    function prepare(bytes calldata attack) external {
        _attack = attack;
    }

    function onERC721Received(address, address, uint256 tokenId, bytes calldata) external returns (bytes4) {
        WorkToken token = WorkToken(msg.sender);
        called = true;
        seenOwner = token.ownerOf(tokenId);
        seenUri = token.tokenURI(tokenId);
        (seenReceiver, seenRoyalty) = token.royaltyInfo(tokenId, 10_000);
        if (_attack.length != 0) (attackSucceeded, attackResult) = msg.sender.call(_attack);
        return this.onERC721Received.selector;
    }
}
