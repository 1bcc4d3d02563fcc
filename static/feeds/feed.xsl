<?xml version="1.0" encoding="utf-8"?>
<!-- A feed as people see it when they open its address: Atom and RSS alike. Browsers
     without XSLT show it by feed.css instead. -->
<xsl:stylesheet version="1.0" exclude-result-prefixes="atom"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:atom="http://www.w3.org/2005/Atom">

  <xsl:output method="html" encoding="utf-8" doctype-system="about:legacy-compat"/>

  <xsl:variable name="language" select="/atom:feed/@xml:lang | /rss/channel/language"/>
  <xsl:variable name="is-traditional" select="starts-with($language, 'zh-Hant')"/>

  <xsl:template match="/">
    <xsl:apply-templates select="atom:feed | rss/channel"/>
  </xsl:template>

  <xsl:template match="atom:feed">
    <xsl:call-template name="page">
      <xsl:with-param name="intro" select="atom:subtitle"/>
      <xsl:with-param name="title" select="atom:title"/>
      <xsl:with-param name="home" select="atom:link[@rel='alternate']/@href"/>
      <xsl:with-param name="address" select="atom:link[@rel='self']/@href"/>
      <xsl:with-param name="entries" select="atom:entry"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="channel">
    <xsl:call-template name="page">
      <xsl:with-param name="intro" select="description"/>
      <xsl:with-param name="title" select="title"/>
      <xsl:with-param name="home" select="link"/>
      <xsl:with-param name="address" select="atom:link[@rel='self']/@href"/>
      <xsl:with-param name="entries" select="item"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="page">
    <xsl:param name="title"/>
    <xsl:param name="intro"/>
    <xsl:param name="home"/>
    <xsl:param name="address"/>
    <xsl:param name="entries"/>
    <html lang="{$language}">
      <head>
        <title><xsl:value-of select="$title"/></title>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <link rel="stylesheet" href="/static/css/site.css"/>
        <link rel="stylesheet" href="/static/css/feeds.css"/>
      </head>
      <body>
        <main class="frame">
          <div class="feed">
            <h1 class="feed__title"><xsl:value-of select="$title"/></h1>
            <p class="feed__intro"><xsl:value-of select="$intro"/></p>
            <div class="feed__notice">
              <p>
                <xsl:choose>
                  <xsl:when test="$is-traditional">這是訂閱地址，複製到閱讀器使用。</xsl:when>
                  <xsl:otherwise>这是订阅地址，复制到阅读器使用。</xsl:otherwise>
                </xsl:choose>
              </p>
              <p><code class="feeds__address"><xsl:value-of select="$address"/></code></p>
            </div>
            <p>
              <a class="feed__back" href="{$home}">
                <xsl:choose>
                  <xsl:when test="$is-traditional">回到網頁</xsl:when>
                  <xsl:otherwise>回到网页</xsl:otherwise>
                </xsl:choose>
              </a>
            </p>
            <ul><xsl:apply-templates select="$entries"/></ul>
          </div>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="atom:entry">
    <xsl:call-template name="entry">
      <xsl:with-param name="title" select="atom:title"/>
      <xsl:with-param name="address" select="atom:link[@rel='alternate']/@href"/>
      <xsl:with-param name="summary" select="atom:summary"/>
      <xsl:with-param name="day" select="substring(atom:published, 1, 10)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="item">
    <xsl:call-template name="entry">
      <xsl:with-param name="title" select="title"/>
      <xsl:with-param name="address" select="link"/>
      <xsl:with-param name="summary" select="description"/>
      <xsl:with-param name="day" select="substring(atom:published, 1, 10)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="entry">
    <xsl:param name="title"/>
    <xsl:param name="address"/>
    <xsl:param name="summary"/>
    <xsl:param name="day"/>
    <li class="feed__entry">
      <h2 class="feed__name"><a href="{$address}"><xsl:value-of select="$title"/></a></h2>
      <p class="feed__summary"><xsl:value-of select="$summary"/></p>
      <p class="feed__date"><time datetime="{$day}"><xsl:value-of select="$day"/></time></p>
    </li>
  </xsl:template>
</xsl:stylesheet>
