/**
 * What changes in a tree of files, from the kernel: what FAM was, without a service. A {@link
 * io.sluice.watcher.monitor.FileMonitor} watches a directory and all below it, by fanotify or inotify, and tells a {@link
 * io.sluice.watcher.monitor.ChangeListener}.
 *
 * <pre>{@code
 * MonitorSettings settings = MonitorSettings.of("/srv/www".getBytes(UTF_8))
 *         .withExtras(Set.of(Extra.EXISTING));
 * try (FileMonitor monitor = FileMonitor.of(settings)) {
 *     monitor.start(new ChangeListener() {
 *         public void changed(Change change) {
 *             System.out.println(change); // as [CREATED, CONTENT_COMPLETE] news/today.html from news/draft.html
 *         }
 *
 *         public void endOfList() {
 *             System.out.println("that was there already");
 *         }
 *
 *         public void trouble(Trouble trouble) {
 *             System.err.println(trouble.message());
 *         }
 *     });
 *     System.in.read();
 * }
 * }</pre>
 *
 * <table>
 * <caption>What FAM told, and how it is told here</caption>
 * <tr><th>FAM</th><th>here</th></tr>
 * <tr><td>Exists</td><td>{@link io.sluice.watcher.monitor.ChangeKind#EXISTS}, if asked for</td></tr>
 * <tr><td>EndExist</td><td>{@link io.sluice.watcher.monitor.ChangeListener#endOfList}, if asked for</td></tr>
 * <tr><td>Changed</td><td>{@link io.sluice.watcher.monitor.ChangeKind#CONTENT_GROWING}, {@link
 * io.sluice.watcher.monitor.ChangeKind#CONTENT_COMPLETE}, {@link io.sluice.watcher.monitor.ChangeKind#ATTRIBUTES}</td></tr>
 * <tr><td>Created</td><td>{@link io.sluice.watcher.monitor.ChangeKind#CREATED}</td></tr>
 * <tr><td>Deleted</td><td>{@link io.sluice.watcher.monitor.ChangeKind#REMOVED}</td></tr>
 * <tr><td>Moved</td><td>{@link io.sluice.watcher.monitor.ChangeKind#CREATED} with {@link
 * io.sluice.watcher.monitor.Change#movedFrom}</td></tr>
 * <tr><td>StartExecuting, StopExecuting</td><td>{@link io.sluice.watcher.monitor.ChangeKind#EXECUTION_STARTED}, {@link
 * io.sluice.watcher.monitor.ChangeKind#EXECUTION_STOPPED}, if asked for</td></tr>
 * <tr><td>Acknowledge</td><td>the return of {@link io.sluice.watcher.monitor.FileMonitor#close}</td></tr>
 * </table>
 *
 * <p>Whoever keeps something equal to the tree looks at what is there now whenever a path is told: the order of changes
 * does not matter then, nor that a thing is told twice. {@link io.sluice.watcher.monitor.ChangeKind#SUBTREE} asks to look
 * at all below a path; it is told after events were lost, too.
 */
@NullMarked
package io.sluice.watcher.monitor;

import org.jspecify.annotations.NullMarked;
