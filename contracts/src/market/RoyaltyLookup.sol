// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {BoundedCall} from "../payment/BoundedCall.sol";

/// @notice Asks a collection for its royalty without trusting its answer, its gas use or its length.
library RoyaltyLookup {
    /// @notice Gas a lookup may use; generous for a storage read behind two proxies, and what royalty registries
    /// settled on.
    uint256 internal constant LOOKUP_GAS = 100_000;

    error ExchangeGasTooLow(uint256 available, uint256 needed);
    error ExchangeRoyaltyAboveCap(uint256 royalty, uint256 cap);
    error ExchangeRoyaltyUnknown(address collection, uint256 tokenId);

    /// @notice Royalty of a strict collection: its answer, whole. Reverts when there is none or it exceeds `cap`.
    function strictRoyalty(address collection, uint256 tokenId, uint256 price, uint256 cap)
        internal
        view
        returns (address receiver, uint256 royalty)
    {
        bool known;
        (known, receiver, royalty) = _ask(collection, tokenId, price);
        if (!known || (royalty != 0 && receiver == address(0))) revert ExchangeRoyaltyUnknown(collection, tokenId);
        if (royalty > cap) revert ExchangeRoyaltyAboveCap(royalty, cap);
    }

    /// @notice Royalty of any other collection: its answer up to `cap`; nothing when it has no usable answer.
    function foreignRoyalty(address collection, uint256 tokenId, uint256 price, uint256 cap)
        internal
        view
        returns (address receiver, uint256 royalty)
    {
        bool known;
        (known, receiver, royalty) = _ask(collection, tokenId, price);
        if (!known || receiver == address(0)) return (address(0), 0);
        royalty = Math.min(royalty, cap);
    }

    /// @dev Insists on the full allowance (a call passes on at most 63/64 of what is left), so that a caller cannot
    /// starve the lookup to make the royalty look unknown.
    function _ask(address collection, uint256 tokenId, uint256 price)
        private
        view
        returns (bool known, address receiver, uint256 royalty)
    {
        uint256 needed = LOOKUP_GAS * 64 / 63 + 5_000;
        if (gasleft() < needed) revert ExchangeGasTooLow(gasleft(), needed);
        bytes memory question = abi.encodeCall(IERC2981.royaltyInfo, (tokenId, price));
        (bool success, bytes32 first, bytes32 second) = BoundedCall.readTwoWords(collection, question, LOOKUP_GAS);
        known = success && uint256(first) <= type(uint160).max;
        // forge-lint: disable-next-line(unsafe-typecast): checked above
        if (known) (receiver, royalty) = (address(uint160(uint256(first))), uint256(second));
    }
}
