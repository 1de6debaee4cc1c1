package dev.storewatch.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Settings of Tomcat that spare client and server the rest of a body that is refused.
 *
 * <p>A client that asks whether to send its body gets the answer when something wants to read the
 * body, so a refused body is never sent. Tomcat would read the rest of what nobody has read, for as
 * long as that takes; here it comes soon, or the connection is closed. After a slow sender is
 * refused, it is closed at once.
 */
@Component
final class BodiesNotRead implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setProtocol(SoonHeads.class.getName());
    factory.addConnectorCustomizers(
        connector -> {
          if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
          }
        });
    factory.addEngineValves(new HangUp());
  }

  /** Takes the bytes that nobody wants. */
  private static final class Dropped implements ApplicationBufferHandler {
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      bytes = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return bytes;
    }

    @Override
    public void expand(int size) {
      // The bytes stay in the buffer that they came in.
    }
  }

  private static final class HangUp extends ValveBase {
    private static final int LARGEST_REST = 2 << 20;
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    HangUp() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      getNext().invoke(request, response);
      if (response.getStatus() == HttpStatus.REQUEST_TIMEOUT.value()) {
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
      } else if (hasBody(request)
          && !request.getCoyoteRequest().isFinished()
          && !request.isAsync()) {
        response.finishResponse();
        if (!readsTheRest(request.getCoyoteRequest())) {
          request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
      }
    }

    /** Returns whether a body may be on its way; one that its client asks about first is not. */
    private static boolean hasBody(Request request) {
      return (length(request) > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null)
          && request.getHeader(HttpHeaders.EXPECT) == null;
    }

    /**
     * Returns the length of the body; 0 where what should say it is none, for then the request is
     * refused already, and its connection ends.
     */
    private static long length(Request request) {
      try {
        return request.getContentLengthLong();
      } catch (NumberFormatException e) {
        return 0;
      }
    }

    /** Reads what nobody has read, if it comes soon; some clients read no answer before. */
    private static boolean readsTheRest(org.apache.coyote.Request request) {
      long begun = System.nanoTime();
      // Below the stream of the handler, which may have closed it.
      Dropped dropped = new Dropped();
      try {
        int count = request.doRead(dropped);
        for (int read = 0; count >= 0; count = request.doRead(dropped)) {
          read += count;
          if (read > LARGEST_REST || System.nanoTime() - begun > LONGEST_REST.toNanos()) {
            return false;
          }
        }
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }
}
