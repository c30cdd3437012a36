package io.sluice.protocol.filelist;

import io.sluice.protocol.filter.FilterScope;

/** What all parts of a scan share. */
record ScanParts(FilterScope filters, ScanReport report, SourceTree.Pool trees, EntryScanner entries) {}
