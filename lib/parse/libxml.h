/* libxml2, loaded (lib/core/library.h) when a parser is made: before the worker is locked in. */
#ifndef MW_PARSE_LIBXML_H
#define MW_PARSE_LIBXML_H

#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "lib/core/library.h"

#define MW_LIBXML_CALLS(X) \
    X(htmlCtxtReadMemory) X(htmlFreeParserCtxt) X(htmlNewParserCtxt) X(xmlBufferContent) X(xmlBufferCreate) X(xmlBufferFree) \
    X(xmlCtxtReadMemory) X(xmlDocGetRootElement) X(xmlFree) X(xmlStopParser) X(xmlFreeDoc) X(xmlFreeNode) X(xmlFreeParserCtxt) \
    X(xmlFreeTextReader) X(xmlNewParserCtxt) X(xmlNodeDump) X(xmlNodeGetContent) X(xmlReaderForMemory) \
    X(xmlSetGenericErrorFunc) X(xmlSetStructuredErrorFunc) X(xmlTextReaderConstLocalName) X(xmlTextReaderGetAttribute) X(xmlTextReaderNodeType) \
    X(xmlTextReaderRead) X(xmlTextReaderReadString) X(xmlUnlinkNode) X(xmlXPathCastToString) \
    X(xmlXPathEval) X(xmlXPathFreeContext) X(xmlXPathFreeObject) X(xmlXPathNewContext) \
    X(xmlXPathNodeSetSort)
MW_LIBRARY_DECLARE(mw_libxml, MW_LIBXML_CALLS);

#endif
