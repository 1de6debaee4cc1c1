package dev.storewatch.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Paging;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiBuilderCustomizer;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The OpenAPI document, made of the handlers when it is first asked for. */
@Configuration(proxyBeanMethods = false)
class InterfaceDescription {
  private static final String PROBLEM = "Problem";
  private static final String KEY = "key";
  private static final String BEARER = "bearer";

  /** The bean of the library that registers converters. */
  private static final String REGISTRAR = "modelConverterRegistrar";

  static {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
  }

  @Bean
  @Lazy
  ModelResolver modelResolver() {
    ObjectMapper names =
        Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    return new ModelResolver(names, new SchemaNames()).openapi31(true);
  }

  /**
   * Keeps the library from replacing the converters of the whole process whenever a server starts:
   * another server may describe itself by them at that moment.
   */
  @Bean
  static BeanDefinitionRegistryPostProcessor withoutRegistrar() {
    return registry -> {
      if (registry.containsBeanDefinition(REGISTRAR)) {
        registry.removeBeanDefinition(REGISTRAR);
      }
    };
  }

  @Bean
  @Lazy
  OpenApiBuilderCustomizer converters(ObjectProvider<ModelConverter> converters) {
    return description -> SharedConverters.register(converters::orderedStream);
  }

  @Bean
  @Lazy
  OpenApiCustomizer description(
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
    return document -> {
      document.info(
          new Info()
              .title("Storewatch")
              .version("v1")
              .description("Knows whether a chain's stores are online when they should be.")
              .license(
                  new License()
                      .name("Apache-2.0")
                      .url("https://www.apache.org/licenses/LICENSE-2.0.txt")));
      document.servers(List.of(new Server().url("/").description("This server")));
      describeAccess(document);
      dropTwins(document);
      sortTags(document);
      operations(document).forEach(InterfaceDescription::describeAnswers);
      operations(document).forEach(InterfaceDescription::describeLimit);
      new RecordSchemas(DescribedRecords.of(handlers.getHandlerMethods().values()))
          .complete(document);
      document.getComponents().addSchemas(PROBLEM, problem());
    };
  }

  private static Stream<Operation> operations(OpenAPI document) {
    return document.getPaths().values().stream().flatMap(path -> path.readOperations().stream());
  }

  /** Names calls after their methods: programs are made of the names, so they have to stay. */
  @Bean
  @Lazy
  OperationCustomizer operationNames() {
    return (operation, handler) -> {
      var said = handler.getMethodAnnotation(io.swagger.v3.oas.annotations.Operation.class);
      String method = handler.getMethod().getName();
      String api = handler.getBeanType().getSimpleName().replaceAll("Api$", "");
      operation.setOperationId(
          said == null || said.operationId().isEmpty()
              ? StringUtils.uncapitalize(api) + StringUtils.capitalize(method)
              : said.operationId());
      return operation;
    };
  }

  private static void describeAccess(OpenAPI document) {
    Components components =
        document.getComponents() == null ? new Components() : document.getComponents();
    document.setComponents(
        components
            .addSecuritySchemes(
                BEARER, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
            .addSecuritySchemes(
                KEY,
                new SecurityScheme()
                    .type(SecurityScheme.Type.APIKEY)
                    .in(SecurityScheme.In.HEADER)
                    .name("X-API-Key")));
    document.security(
        List.of(new SecurityRequirement().addList(BEARER), new SecurityRequirement().addList(KEY)));
  }

  /** A path answers with and without a slash at its end; one of the two says so. */
  private static void dropTwins(OpenAPI document) {
    document
        .getPaths()
        .keySet()
        .removeIf(
            path ->
                path.length() > 1
                    && path.endsWith("/")
                    && document.getPaths().containsKey(path.substring(0, path.length() - 1)));
  }

  /** Puts the native interface before the old ones; else the order is any. */
  private static void sortTags(OpenAPI document) {
    List<Tag> tags = document.getTags();
    if (tags != null) {
      document.setTags(
          tags.stream()
              .sorted(
                  Comparator.comparing((Tag tag) -> isDialect(tag.getName()))
                      .thenComparing(Tag::getName))
              .toList());
    }
  }

  private static boolean isDialect(String tag) {
    return tag.startsWith("dialect");
  }

  private static Schema<?> problem() {
    Schema<Object> problem = new Schema<>();
    problem.addType("object");
    problem.description("What is wrong and what would be right, as RFC 9457 says");
    problem.addProperty("type", text("uri-reference"));
    problem.addProperty("title", text(null));
    Schema<Object> status = new Schema<>();
    status.addType("integer");
    problem.addProperty("status", status);
    problem.addProperty("detail", text(null));
    problem.addProperty("instance", text("uri-reference"));
    Schema<Object> taken = new Schema<>();
    taken.addType("object");
    taken.description("What became of the items of a push that was not read to its end");
    problem.addProperty("taken", taken);
    problem.setRequired(List.of("status", "detail"));
    return problem;
  }

  private static Schema<?> text(@Nullable String format) {
    Schema<Object> text = new Schema<>();
    text.addType("string");
    text.setFormat(format);
    return text;
  }

  private static void describeAnswers(Operation operation) {
    boolean dialect =
        operation.getTags() != null
            && operation.getTags().stream().anyMatch(InterfaceDescription::isDialect);
    ApiResponses responses = operation.getResponses();
    responses.addApiResponse(
        "503", new ApiResponse().description("The database does not answer at the moment"));
    responses.forEach(
        (status, response) -> {
          boolean isProblem = status.startsWith("4") || status.startsWith("5");
          if (isProblem && !(dialect && hasOwnSchema(response))) {
            response.setContent(problemContent());
          } else if (status.equals("204") || status.startsWith("3")) {
            response.setContent(null);
          }
          describeHeaders(status, response, dialect);
        });
    responses.addApiResponse(
        "default",
        new ApiResponse()
            .description(
                "Any other problem: nobody known asks, the role does not allow it, too many"
                    + " requests")
            .content(problemContent()));
  }

  private static void describeHeaders(String status, ApiResponse response, boolean dialect) {
    if (status.equals("429") || status.equals("503")) {
      response.addHeaderObject(
          "Retry-After", header("In how many seconds to try again", "integer"));
    } else if (!dialect && (status.equals("201") || status.equals("202"))) {
      response.addHeaderObject("Location", header("The path of what was made", "string"));
    }
  }

  private static Header header(String description, String type) {
    Schema<Object> schema = new Schema<>();
    schema.addType(type);
    return new Header().description(description).required(true).schema(schema);
  }

  /** Says of every limit what {@link Paging} checks. */
  private static void describeLimit(Operation operation) {
    List<Parameter> parameters = operation.getParameters();
    for (Parameter parameter : parameters == null ? List.<Parameter>of() : parameters) {
      if (parameter.getName().equals("limit")) {
        parameter.description("How many at most");
        parameter.getSchema().minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(Paging.MOST));
      }
    }
  }

  private static boolean hasOwnSchema(ApiResponse response) {
    return response.getContent() != null;
  }

  private static Content problemContent() {
    return new Content()
        .addMediaType(
            "application/problem+json",
            new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)));
  }
}
