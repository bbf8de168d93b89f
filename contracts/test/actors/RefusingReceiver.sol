// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice Refuses money and tokens until it is opened, giving a large reason each time.
contract RefusingReceiver {
    bool private _open;

    receive() external payable {
        if (_open) return;
        assembly {
            revert(0x00, 100000)
        }
    }

    function open() external {
        _open = true;
    }
}
