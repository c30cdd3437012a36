package io.sluice.protocol.transfer;

import io.sluice.protocol.event.TransferListener;

/** Where all roles of a side tell what they do. */
record SideReports(TransferListener listener, Notices notices, Outcome outcome, Statistics statistics) {}
