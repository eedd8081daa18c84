/**
 * What proxies and balancers read: lines of text for their configuration, and Traefik's own format. Instances that hide themselves
 * are not in it, and what a client wrote into a document cannot leave its place in a line.
 */
@NullMarked
package io.hera.http.proxy;

import org.jspecify.annotations.NullMarked;
