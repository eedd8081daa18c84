/**
 * TLS material in plain Java: from the bytes of PEM files to keys and certificates that have proven, in a handshake with
 * themselves, that they can be served.
 *
 * <ul>
 *   <li>{@link io.hera.tls.TlsSource} says where the files are, and reads them as {@link
 *       io.hera.tls.TlsFiles}.
 *   <li>{@link io.hera.tls.TlsMaterial} is their content; {@link io.hera.tls.MaterialCheck} checks it.
 *   <li>{@link io.hera.tls.SubjectNames} are the hosts that a certificate is for, {@link
 *       io.hera.tls.Expiry} says how long it is valid.
 *   <li>{@link io.hera.tls.TlsFailure} says why a handshake has failed.
 * </ul>
 *
 * <p>The only exception is {@link io.hera.tls.TlsException}, with every fault. No class here logs, or shows a key.
 */
@NullMarked
package io.hera.tls;

import org.jspecify.annotations.NullMarked;
