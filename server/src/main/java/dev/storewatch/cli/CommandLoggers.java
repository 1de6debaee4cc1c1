package dev.storewatch.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The loggers of commands that people wait for, configured by {@link CommandLogging}. Logback would
 * look for who configures it in all libraries, and that takes longer than the command itself.
 */
public final class CommandLoggers implements SLF4JServiceProvider {
  private final LoggerContext context = new LoggerContext();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final LogbackMDCAdapter diagnostics = new LogbackMDCAdapter();

  /** Called by SLF4J, which finds the class by its name. */
  public CommandLoggers() {}

  /** Has SLF4J use these loggers in this process, unless somebody wants Logback configured. */
  static void use() {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("slf4j.provider", CommandLoggers.class.getName());
      // It would tell that it does as it is told.
      System.setProperty("slf4j.internal.verbosity", "WARN");
    }
  }

  @Override
  public void initialize() {
    context.setName("default");
    context.setMDCAdapter(diagnostics);
    CommandLogging configuration = new CommandLogging();
    configuration.setContext(context);
    configuration.configure(context);
    context.start();
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return context;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return diagnostics;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }
}
