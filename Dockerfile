FROM node:24-slim AS frontend
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund

FROM python:3.13-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /portal
COPY requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY . .
COPY --from=frontend /build/frontend/node_modules frontend/node_modules
# Message catalogues and static files are made here: the running image writes nothing.
RUN python frontend/bundle.py && rm -r frontend/node_modules \
 && pip install --no-cache-dir babel && pybabel compile --use-fuzzy --directory locale --domain django && pip uninstall -y babel \
 && env $(cat portal/devservices/build.env) python manage.py collectstatic --noinput -v0 \
 && useradd --system --no-create-home portal
USER portal
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", "--preload"]
