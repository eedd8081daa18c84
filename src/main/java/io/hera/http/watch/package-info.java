/**
 * How clients wait for changes: by long polls ({@link io.hera.http.watch.LongPolls}), which repeat a read when its subject has
 * changed, and by streams of server-sent events ({@link io.hera.http.watch.EventStreams}), which bring each change once.
 */
@NullMarked
package io.hera.http.watch;

import org.jspecify.annotations.NullMarked;
