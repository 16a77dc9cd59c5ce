#include "CXMLReader.h"

#include <libxml/parser.h>

typedef struct {
  const cxml_events *events;
  void *context;
  xmlParserCtxtPtr parser;
  /* A document type, which could declare entities: not taken. */
  int has_type;
  int depth;
} cxml_reading;

/* Elements in each other: more than any document that is read here has. libxml2 limits
 * only the depth of the trees that it builds itself. */
enum { cxml_deepest = 64 };

static void cxml_on_start(void *user, const xmlChar *name, const xmlChar *prefix,
                           const xmlChar *space, int spaces, const xmlChar **namespaces, int count,
                           int defaulted, const xmlChar **attributes) {
  cxml_reading *reading = (cxml_reading *)user;
  (void)spaces, (void)namespaces, (void)defaulted;
  if (++reading->depth > cxml_deepest) {
    xmlStopParser(reading->parser);
    return;
  }
  reading->events->start(reading->context, (const char *)name, (const char *)prefix,
                         (const char *)space);
  for (int index = 0; index < count; index++) {
    const xmlChar **one = attributes + 5 * index;
    reading->events->attribute(reading->context, (const char *)one[0], (const char *)one[1],
                               (const char *)one[2], (const char *)one[3], (int)(one[4] - one[3]));
  }
  reading->events->started(reading->context);
}

static void cxml_on_end(void *user, const xmlChar *name, const xmlChar *prefix,
                         const xmlChar *space) {
  cxml_reading *reading = (cxml_reading *)user;
  (void)name, (void)prefix, (void)space;
  reading->depth--;
  reading->events->end(reading->context);
}

static void cxml_on_text(void *user, const xmlChar *bytes, int length) {
  cxml_reading *reading = (cxml_reading *)user;
  reading->events->text(reading->context, (const char *)bytes, length);
}

static void cxml_on_type(void *user, const xmlChar *name, const xmlChar *external,
                          const xmlChar *system) {
  cxml_reading *reading = (cxml_reading *)user;
  (void)name, (void)external, (void)system;
  reading->has_type = 1;
  xmlStopParser(reading->parser);
}

/* Messages would go to standard error. */
static void cxml_on_message(void *user, const char *format, ...) { (void)user, (void)format; }

int cxml_parse(const char *bytes, int length, const cxml_events *events,
                              void *context, int *line) {
  xmlSAXHandler handler = {0};
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = cxml_on_start;
  handler.endElementNs = cxml_on_end;
  handler.characters = cxml_on_text;
  handler.cdataBlock = cxml_on_text;
  handler.internalSubset = cxml_on_type;
  handler.error = cxml_on_message;
  handler.fatalError = cxml_on_message;
  handler.warning = cxml_on_message;

  cxml_reading reading = {events, context, NULL, 0, 0};
  xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, &reading, NULL, 0, NULL);
  if (parser == NULL) return -1;
  reading.parser = parser;
  /* Entities that are not expanded would be written into attributes as numbers. */
  xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOENT);
  int code = xmlParseChunk(parser, bytes, length, 1);
  int is_whole = code == 0 && parser->wellFormed && !reading.has_type &&
                 reading.depth <= cxml_deepest;
  *line = parser->input != NULL ? parser->input->line : 0;
  if (parser->myDoc != NULL) xmlFreeDoc(parser->myDoc);
  xmlFreeParserCtxt(parser);
  return is_whole ? 0 : -1;
}

