// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @notice Somebody else's collection, with a royalty that answers, lies or does harm, and transfers that may call
/// back.
contract ForeignCollection is ERC721 {
    enum Royalty {
        None,
        Honest,
        Revert,
        ReturnBomb,
        BurnGas,
        ShortAnswer,
        DirtyReceiver,
        NoReceiver,
        ShyOfGas
    }

    Royalty private _mode;
    address private _receiver;
    uint256 private _bps;
    address private _callee;
    bytes private _callback;
    uint256 private _refusalSize;
    bool public callbackSucceeded;
    bytes public callbackResult;

    constructor() ERC721("Foreign", "FRGN") {}

    function mint(address to, uint256 tokenId) external {
        _mint(to, tokenId);
    }

    function setRoyalty(Royalty mode, address receiver, uint256 bps) external {
        (_mode, _receiver, _bps) = (mode, receiver, bps);
    }

    function setCallback(address callee, bytes calldata data) external {
        (_callee, _callback) = (callee, data);
    }

    /// @dev From now on transfers revert with this many bytes.
    function refuseTransfers(uint256 size) external {
        _refusalSize = size;
    }

    function royaltyInfo(uint256, uint256 price) external view returns (address, uint256) {
        if (_mode == Royalty.None || _mode == Royalty.Revert) revert("none");
        if (_mode == Royalty.BurnGas) while (true) {}
        uint256 size = _mode == Royalty.ReturnBomb ? 200_000 : _mode == Royalty.ShortAnswer ? 32 : 64;
        uint256 receiver = _mode == Royalty.NoReceiver ? 0 : uint160(_receiver);
        if (_mode == Royalty.DirtyReceiver) receiver |= 1 << 200;
        uint256 royalty = _mode == Royalty.ShyOfGas && gasleft() < 95_000 ? 0 : price * _bps / 10_000;
        assembly {
            mstore(0x00, receiver)
            mstore(0x20, royalty)
            return(0x00, size)
        }
    }

    function _update(address to, uint256 tokenId, address auth) internal override returns (address) {
        uint256 size = _refusalSize;
        if (size != 0) {
            assembly {
                revert(0x00, size)
            }
        }
        if (_callee != address(0)) (callbackSucceeded, callbackResult) = _callee.call(_callback);
        return super._update(to, tokenId, auth);
    }
}
