.DEFAULT_GOAL := help
.PHONY: help run dev test specs fmt bench audit demo

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: ## Run the node at http://localhost:5080
	dotnet run --project Coop.Node

dev: ## Run the node, rebuilt when a C# file changes
	dotnet watch --project Coop.Node

test: ## Run every test
	dotnet test --solution Coop.sln

specs: ## Write specs/openapi.json anew from the code
	COOP_UPDATE_SPECS=1 dotnet run --project tests/Coop.Node.Tests -- --filter-class "*ApiDocumentTests"

fmt: ## Format the C# sources
	dotnet format Coop.sln

bench: ## Measure speed and memory, as ratios within one run
	npm ci --prefix tests/judges --ignore-scripts --loglevel=error
	dotnet run -c Release --project bench/Coop.Bench

audit: ## Audit the node that runs at http://localhost:5080
	dotnet run --project Coop.Node -- audit http://localhost:5080

demo: ## Run three federated co-ops on this machine
	dotnet run --project Coop.Node -- demo
