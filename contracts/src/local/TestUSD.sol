// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @notice The currency of a local chain, free for everyone. It cannot be deployed anywhere else.
contract TestUSD is ERC20, ERC20Permit {
    /// @notice The chain id that local nodes use by default.
    uint256 public constant LOCAL_CHAIN_ID = 31_337;

    error TestUSDOnlyLocal(uint256 chainId);

    constructor() ERC20("TestUSD", "tUSD") ERC20Permit("TestUSD") {
        if (block.chainid != LOCAL_CHAIN_ID) revert TestUSDOnlyLocal(block.chainid);
    }

    /// @notice Gives `amount` base units to `to`.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @notice Six, as the dollar stablecoins have.
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
