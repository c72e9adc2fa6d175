# A co-op's node. Built for a server of its own (COOP_DATABASE): the embedded database is not in the image.

# 1. The members' client.
FROM node:20-bookworm-slim AS web
WORKDIR /src/Coop.Node/web
COPY Coop.Node/web/package.json Coop.Node/web/package-lock.json Coop.Node/web/.npmrc ./
RUN npm ci
COPY Coop.Node/web ./
RUN npm run build

# 2. The node. Projects and lock files first, so that a change of code does not restore again.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS node
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt ./
COPY Coop.Identity/Coop.Identity.csproj Coop.Identity/packages.lock.json Coop.Identity/
COPY Coop.Federation/Coop.Federation.csproj Coop.Federation/packages.lock.json Coop.Federation/
COPY Coop.Ledger/Coop.Ledger.csproj Coop.Ledger/packages.lock.json Coop.Ledger/
COPY Coop.Node/Coop.Node.csproj Coop.Node/packages.lock.json Coop.Node/
COPY Coop.Node/web/Web.targets Coop.Node/web/
RUN dotnet restore Coop.Node --locked-mode
COPY . .
COPY --from=web /src/Coop.Node/wwwroot Coop.Node/wwwroot
RUN dotnet publish Coop.Node --configuration Release --no-restore --output /app -p:SkipWeb=true

# 3. What runs: no compiler, no package manager of ours, not root.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN mkdir /data && chown "$APP_UID:$APP_UID" /data
COPY --from=node /app /app
COPY deploy/healthy.sh /usr/local/bin/healthy
ENV ASPNETCORE_URLS=http://+:8080 COOP_DATA=/data
WORKDIR /app
USER $APP_UID
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s CMD ["bash", "/usr/local/bin/healthy"]
ENTRYPOINT ["dotnet", "Coop.Node.dll"]
