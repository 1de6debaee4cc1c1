package dev.storewatch.http;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * A valve that answers with problem details what Tomcat refuses by itself, such as a path it cannot
 * read.
 */
public final class ProblemValve extends ErrorReportValve {
  /** A valve; Tomcat makes it by the name of the class. */
  public ProblemValve() {}

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      response.setContentType("application/problem+json");
      response.setCharacterEncoding("UTF-8");
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(
            """
            {"detail":"the server cannot take this request","status":%d}\
            """
                .formatted(response.getStatus()));
        response.finishResponse();
      }
    } catch (IOException e) {
      getContainer().getLogger().debug("the client went away", e);
    }
  }

  /** A customizer that puts the valve in the place of Tomcat's own. */
  @Component
  static class Customizer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.addContextCustomizers(
          context -> {
            if (context.getParent() instanceof StandardHost host) {
              host.setErrorReportValveClass(ProblemValve.class.getName());
            }
          });
    }
  }
}
