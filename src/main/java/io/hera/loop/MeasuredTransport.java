package io.hera.loop;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A transport of Vert.x whose event loops have short turns, which are measured; all else is that of the
 * transport behind it. The loop that only accepts connections is not measured.
 */
public final class MeasuredTransport implements io.vertx.core.transport.Transport {
  private static final String EPOLL = "epoll";

  private final io.vertx.core.transport.Transport transport;
  private final LoopTurns turns;

  /** Measures the event loops that {@code transport} makes. */
  public MeasuredTransport(io.vertx.core.transport.Transport transport, LoopTurns turns) {
    this.transport = transport;
    this.turns = turns;
  }

  @Override
  public String name() {
    return transport.name();
  }

  @Override
  public boolean available() {
    return transport.available();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return transport.unavailabilityCause();
  }

  @Override
  public Transport implementation() {
    Transport implementation = transport.implementation();
    boolean epoll = transport.name().equals(EPOLL);
    return new Measured(
        implementation, epoll ? BoundedLoops.epoll() : implementation.ioHandlerFactory(), turns);
  }

  private record Measured(Transport transport, IoHandlerFactory ioHandlerFactory, LoopTurns turns)
      implements Transport {

    @Override
    public EventLoopGroup eventLoopGroup(
        int type, int threads, ThreadFactory threadFactory, int ioRatio) {
      if (type != IO_EVENT_LOOP_GROUP) {
        return transport.eventLoopGroup(type, threads, threadFactory, ioRatio);
      }
      return new BoundedLoops(
          threads,
          threadFactory,
          executor -> new MeasuredHandler(
              ioHandlerFactory.newHandler(executor), turns.loop(), turns::nanos));
    }

    @Override
    public boolean supportsDomainSockets() {
      return transport.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
      return transport.supportFileRegion();
    }

    @Override
    public boolean isAvailable() {
      return transport.isAvailable();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
      return transport.unavailabilityCause();
    }

    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
      return transport.convert(address);
    }

    @Override
    public SocketAddress convert(java.net.SocketAddress address) {
      return transport.convert(address);
    }

    @Override
    @SuppressWarnings("deprecation")
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
      return transport.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
      return transport.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
      return transport.channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
      return transport.serverChannelFactory(domainSocket);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
      transport.configure(channel, options);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
      transport.configure(config, domainSocket, bootstrap);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
      transport.configure(config, domainSocket, bootstrap);
    }
  }
}
